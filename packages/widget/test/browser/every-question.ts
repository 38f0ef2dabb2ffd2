import type { QuestionTexts, SurveyTexts } from '@heed/contract'
import { visitorTexts } from '../../src/locales/index.ts'

/** Every kind of question in every look, in the built-in words of a language and in `say`'s where there are none. */
export function everyQuestion(
  locale: string,
  say: (key: string) => string = (key) => key,
): Record<string, QuestionTexts> {
  const words = visitorTexts(locale)
  const named = (keys: string[], texts: readonly string[]) =>
    keys.map((key, index) => ({ key, text: texts[index] ?? key }))
  const options = ['price', 'delivery', 'choice', 'payment'].map((key) => ({ key, text: say(key) }))
  const csat = {
    key: 'csat',
    kind: 'csat',
    text: words.questions.csat,
    options: named(['1', '2', '3', '4', '5'], words.csatSteps),
  }
  const rating = { key: 'rating', kind: 'rating', text: say('rating'), labels: words.ratingEnds }
  return {
    nps: { key: 'nps', kind: 'nps', text: words.questions.nps, labels: words.npsEnds },
    ces: { key: 'ces', kind: 'ces', text: words.questions.ces, labels: words.cesEnds },
    csat,
    'csat stars': { ...csat, style: 'stars' },
    'csat numbers': { ...csat, style: 'numbers' },
    gcr: {
      key: 'gcr',
      kind: 'gcr',
      text: words.questions.gcr,
      options: named(['yes', 'partly', 'no'], words.gcrSteps),
    },
    thumbs: {
      key: 'thumbs',
      kind: 'thumbs',
      text: say('thumbs'),
      options: named(['up', 'down'], words.thumbs),
    },
    'rating 3': { ...rating, scale: 3, style: 'smileys' },
    'rating 5': { ...rating, scale: 5 },
    'rating 7': { ...rating, scale: 7, style: 'numbers' },
    'rating 10': { ...rating, scale: 10 },
    single: { key: 'single', kind: 'single', text: say('single'), options, other: words.other },
    multiple: {
      key: 'multiple',
      kind: 'multiple',
      text: say('multiple'),
      options,
      other: words.other,
      min: 2,
      max: 3,
      required: true,
    },
    text: { key: 'text', kind: 'text', text: say('text'), placeholder: words.comment },
    line: { key: 'line', kind: 'text', text: say('line'), multiline: false, maxLength: 60, required: true },
    email: { key: 'email', kind: 'email', text: say('email'), placeholder: words.emailPlaceholder },
    consent: { key: 'consent', kind: 'consent', text: say('consent'), required: true },
    link: {
      key: 'link',
      kind: 'link',
      text: say('link'),
      url: 'https://shop.example/help',
      label: words.open,
    },
    message: { key: 'message', kind: 'message', text: say('message'), hint: say('hint') },
  }
}

/** A survey of these questions in a language. */
export const surveyIn = (locale: string, questions: QuestionTexts[]): SurveyTexts => {
  const { dir, ui, thanks } = visitorTexts(locale)
  return {
    id: 'srv_test',
    version: 1,
    locale,
    dir,
    appearance: { light: ['rgb(28,28,32)', '#fff'], dark: ['rgb(244,244,245)', '#000'] },
    questions,
    ending: thanks,
    ui,
  }
}
