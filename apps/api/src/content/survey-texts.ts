/// <reference lib="esnext.intl" />
import type { LocalizedText, Question, QuestionTexts, SurveyDefinition, SurveyTexts } from '@heed/contract'
import { type LocaleTexts, visitorTexts } from '@heed/widget/locales'
import { accentColors } from './accent-colors.ts'
import { branchTable } from './branch-table.ts'

/** One survey in one language, as the panel draws it: the survey's own words over the built-in ones. */
export function surveyTexts(
  id: string,
  version: number,
  definition: SurveyDefinition,
  locale: string,
): SurveyTexts {
  const builtIn = visitorTexts(locale)
  const fallback = definition.locales[0] ?? 'en'
  const say = (text: LocalizedText) => text[locale] ?? text[fallback] ?? Object.values(text)[0] ?? ''
  const { mode, radius, font, ...accents } = definition.display.appearance ?? {}
  return {
    id,
    version,
    locale,
    // Not the built-in texts' direction: a language without built-in texts borrows English ones.
    dir: new Intl.Locale(locale).getTextInfo().direction === 'rtl' ? 'rtl' : 'ltr',
    appearance: {
      ...(mode && { mode }),
      ...(radius !== undefined && { radius }),
      ...(font && { font }),
      light: accentColors(accents, false),
      dark: accentColors(accents, true),
    },
    questions: definition.questions.map((question) => {
      const next = branchTable(definition.questions, question)
      return { ...questionTexts(question, builtIn, say), ...(next && { next }) }
    }),
    ending: definition.ending ? say(definition.ending.text) : builtIn.thanks,
    ui: builtIn.ui,
  }
}

function questionTexts(
  question: Question,
  builtIn: LocaleTexts,
  say: (text: LocalizedText) => string,
): QuestionTexts {
  const { key, kind, text, hint, required } = question
  const base: QuestionTexts = {
    key,
    kind,
    text: say(text),
    ...(hint && { hint: say(hint) }),
    ...(required && { required }),
  }
  switch (question.kind) {
    case 'nps':
    case 'ces': {
      const [low, high] = question.kind === 'nps' ? builtIn.npsEnds : builtIn.cesEnds
      const { labels } = question
      return {
        ...base,
        labels: [labels?.low ? say(labels.low) : low, labels?.high ? say(labels.high) : high],
      }
    }
    case 'csat': {
      const options = builtIn.csatSteps.map((step, index) => ({ key: String(index + 1), text: step }))
      return {
        ...base,
        ...ends(question.labels, say),
        ...(question.style && { style: question.style }),
        options,
      }
    }
    case 'rating':
      return {
        ...base,
        ...ends(question.labels, say),
        ...(question.style && { style: question.style }),
        scale: question.scale ?? 5,
      }
    case 'gcr': {
      const [yes, partly, no] = builtIn.gcrSteps
      return {
        ...base,
        options: [
          { key: 'yes', text: yes },
          { key: 'partly', text: partly },
          { key: 'no', text: no },
        ],
      }
    }
    case 'single':
    case 'multiple':
      return {
        ...base,
        options: question.options.map((option) => ({ key: option.key, text: say(option.text) })),
        ...(question.other && { other: builtIn.other }),
      }
    case 'text':
      return {
        ...base,
        ...(question.maxLength !== undefined && { maxLength: question.maxLength }),
        placeholder: question.placeholder ? say(question.placeholder) : builtIn.comment,
      }
    case 'email':
      return { ...base, ...(question.placeholder && { placeholder: say(question.placeholder) }) }
    default:
      return base
  }
}

function ends(
  labels: { low?: LocalizedText; high?: LocalizedText } | undefined,
  say: (text: LocalizedText) => string,
): Pick<QuestionTexts, 'labels'> {
  return labels?.low && labels.high ? { labels: [say(labels.low), say(labels.high)] } : {}
}
