import type { LocalizedText, Option, Question, SurveyDefinition } from '@heed/contract'
import { type LocaleTexts, visitorLocales, visitorTexts } from '@heed/widget/locales'

/** Built-in words in every language. */
const say = (pick: (texts: LocaleTexts) => string): LocalizedText =>
  Object.fromEntries(visitorLocales.map((locale) => [locale, pick(visitorTexts(locale))]))

const steps: Option[] = [0, 1, 2, 3, 4].map((index) => ({
  key: `step-${index + 1}`,
  text: say(({ csatSteps }) => csatSteps[index] ?? ''),
}))
const nps: Question = {
  key: 'nps',
  kind: 'nps',
  metric: 'nps',
  required: true,
  text: say((t) => t.questions.nps),
}
const comment: Question = { key: 'comment', kind: 'text', text: say((t) => t.comment) }

const survey = (
  key: string,
  display: SurveyDefinition['display'],
  ...questions: Question[]
): SurveyDefinition => ({
  key,
  name: key,
  triggers: [{ on: 'manual' }],
  locales: [...visitorLocales],
  frequency: 'always',
  display,
  questions,
})

/** One survey for each surface, in every language with built-in words: for looking at, and for checks of all of them. */
export const surfaces: SurveyDefinition[] = [
  survey('popover', { kind: 'popover' }, nps, comment),
  survey('teaser', { kind: 'popover', teaser: say((t) => t.questions.nps), snooze: true }, nps, comment),
  survey(
    'snooze',
    { kind: 'popover', snooze: true, appearance: { accent: '#2563eb' } },
    { key: 'csat', kind: 'csat', metric: 'csat', required: true, text: say((t) => t.questions.csat) },
    comment,
  ),
  survey(
    'bar',
    { kind: 'bar', position: 'bottom-end', appearance: { accent: '#0f766e' } },
    { key: 'gcr', kind: 'gcr', metric: 'gcr', required: true, text: say((t) => t.questions.gcr) },
  ),
  survey(
    'modal',
    { kind: 'modal', appearance: { accent: '#7c3aed' } },
    { key: 'ces', kind: 'ces', metric: 'ces', required: true, text: say((t) => t.questions.ces) },
    comment,
  ),
  survey(
    'button',
    { kind: 'button', appearance: { accent: '#a6401c' } },
    {
      key: 'choice',
      kind: 'multiple',
      required: true,
      other: true,
      text: say((t) => t.questions.csat),
      options: steps,
    },
  ),
  survey(
    'inline',
    { kind: 'inline', selector: '[data-ask=helpful]' },
    { key: 'thumbs', kind: 'thumbs', required: true, text: say((t) => t.questions.gcr) },
  ),
  survey(
    'page',
    { kind: 'page', appearance: { accent: '#be185d' } },
    { key: 'rating', kind: 'rating', style: 'stars', required: true, text: say((t) => t.questions.csat) },
    comment,
  ),
]
