import type { AnswerValue, QuestionTexts } from '@heed/contract'
import type { ComponentChild } from 'preact'
import { smiley, star } from './icons.tsx'

/** One radio of a question. */
export interface Choice {
  value: AnswerValue
  /** What a screen reader says. */
  name: string
  face: ComponentChild
}

/** How the choices are drawn: the steps of a scale as `numbers`, `stars` or `smileys`, worded options by their kind. */
export const lookOf = ({ kind, style = 'smileys' }: QuestionTexts): string =>
  kind === 'csat' ? style : kind === 'nps' || kind === 'ces' ? 'numbers' : kind

/** The radios of a question. Named steps and ends belong to the accessible name, after the number one sees. */
export function choicesOf(question: QuestionTexts): Choice[] {
  const { kind, options = [], labels = [], other } = question
  const look = lookOf(question)
  const worded: Choice[] = options.map(({ key, text }) => ({ value: key, name: text, face: text }))
  if (other) worded.push({ value: { other: '' }, name: other, face: other })
  if (look === kind) return worded
  const count = kind === 'nps' ? 11 : kind === 'ces' ? 7 : 5
  return [...Array(count)].map((_, index) => {
    const value = kind === 'nps' ? index : index + 1
    const wording = worded[index]?.name ?? (index ? index > count - 2 && labels[1] : labels[0])
    return {
      value,
      name: wording ? `${value}, ${wording}` : `${value}`,
      face: look === 'stars' ? star() : look === 'smileys' ? smiley(value) : value,
    }
  })
}
