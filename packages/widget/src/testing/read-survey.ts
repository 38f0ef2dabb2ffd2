import type { SurveyDefinition, SurveyTexts } from '@heed/contract'
import { surveyTexts } from '../content/index.ts'

/** The texts of a survey in the language in which it is drawn. */
export const textsOf = ({ key, ...survey }: SurveyDefinition, { lang }: HTMLElement): SurveyTexts =>
  surveyTexts(`srv_${key}`, 1, { key, ...survey }, lang)

/** Headings of the questions that are drawn, or of the ending. */
export const headingsOf = ({ shadowRoot }: HTMLElement): HTMLElement[] => [
  ...(shadowRoot as ShadowRoot).querySelectorAll<HTMLElement>('h2[id^=q]'),
]

/** The words of a heading without what is drawn beside them: "optional", marks of direction. */
export const wordsOf = (heading: Element): string => {
  const words = heading.cloneNode(true) as Element
  for (const note of words.querySelectorAll('small')) note.remove()
  return (words.textContent ?? '').replace(/[\u2068\u2069]/g, '').trim()
}

/** Whether these words are drawn, whatever was put in their `{placeholders}`. */
export const isMadeFrom = (words: string, heading: Element): boolean => {
  const pieces = words.split(/\{[^{}]*\}/)
  const drawn = wordsOf(heading)
  let at = 0
  return (
    pieces.every((piece) => {
      const found = drawn.indexOf(piece.trim(), at)
      at = found + piece.trim().length
      return found >= 0
    }) &&
    (pieces.length > 1 || drawn === words.trim())
  )
}

/** What opens the survey: the teaser that stands for it, or its side button; undefined when it is open. */
export const openerOf = ({ classList, shadowRoot }: HTMLElement): HTMLElement | undefined => {
  const stands = classList.contains('folded') ? '.tease' : classList.contains('tab') ? 'button' : undefined
  return (stands && shadowRoot?.querySelector<HTMLElement>(stands)) || undefined
}

/** Where a survey is drawn: its questions or ending, else what opens it. */
export const find = (survey: SurveyDefinition): HTMLElement | undefined => {
  const all = [...document.querySelectorAll<HTMLElement>('heed-survey')]
  const isQuestion = (element: HTMLElement) => {
    const { questions, ending } = textsOf(survey, element)
    const words = [...questions.map(({ text }) => text), ending]
    return headingsOf(element).some((heading) => words.some((one) => isMadeFrom(one, heading)))
  }
  const isOpener = (element: HTMLElement) =>
    openerOf(element) && openerOf(element)?.textContent === textsOf(survey, element).button
  return all.find(isQuestion) ?? all.find(isOpener)
}
