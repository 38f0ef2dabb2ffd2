import type { LocalizedText, SurveyDefinition } from '@heed/contract'
import type { ShapeError } from '../explain-shape.ts'

/** Every text that is missing in a language the survey is offered in, and every language that is none. */
export function textErrors({ locales, questions, ending, display }: SurveyDefinition): ShapeError[] {
  const errors = locales.flatMap((locale, index) => localeErrors(locale, locales, index))
  const need = (text: LocalizedText | undefined, path: string) => {
    for (const locale of text ? locales : []) {
      if (!text?.[locale]?.trim()) {
        errors.push({ path: `${path}.${locale}`, message: `missing; the survey is offered in ${locale}` })
      }
    }
  }
  for (const [index, question] of questions.entries()) {
    const path = `questions.${index}`
    need(question.text, `${path}.text`)
    need(question.hint, `${path}.hint`)
    if ('labels' in question) {
      need(question.labels?.low, `${path}.labels.low`)
      need(question.labels?.high, `${path}.labels.high`)
    }
    if ('label' in question) need(question.label, `${path}.label`)
    if ('placeholder' in question) need(question.placeholder, `${path}.placeholder`)
    if ('options' in question) {
      for (const [at, option] of question.options.entries()) need(option.text, `${path}.options.${at}.text`)
    }
  }
  need(ending?.text, 'ending.text')
  need(display.teaser, 'display.teaser')
  need(display.label, 'display.label')
  return errors
}

function localeErrors(locale: string, locales: readonly string[], index: number): ShapeError[] {
  const path = `locales.${index}`
  if (locales.indexOf(locale) !== index) return [{ path, message: `"${locale}" is there twice` }]
  try {
    new Intl.Locale(locale)
    return []
  } catch {
    return [{ path, message: `"${locale}" is not a language tag; write for instance en, pt-BR or zh-Hans` }]
  }
}
