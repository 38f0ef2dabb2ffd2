import type { AnswerValue, QuestionTexts } from '@heed/contract'
import type { ComponentChild } from 'preact'
import { smiley, star } from './icons.tsx'

/** One radio of a question. */
interface Choice {
  value: AnswerValue
  /** What the choice means in words, where it has any: most steps of a long scale have none. */
  wording: string | undefined
  face: ComponentChild
}

/** How the choices are drawn: the steps of a scale as `numbers`, `stars` or `smileys`, worded options as a `list`. */
export const lookOf = ({ kind, style = 'smileys' }: QuestionTexts): string =>
  kind === 'csat' ? style : kind === 'nps' || kind === 'ces' ? 'numbers' : 'list'

/** The radios of a question, in order. */
export function choicesOf(question: QuestionTexts): Choice[] {
  const { kind, options = [], labels = [], other } = question
  const look = lookOf(question)
  const worded: Choice[] = options.map(({ key, text }) => ({ value: key, wording: text, face: text }))
  if (other) worded.push({ value: { other: '' }, wording: other, face: other })
  if (look === 'list') return worded
  const count = kind === 'nps' ? 11 : kind === 'ces' ? 7 : 5
  return [...Array(count)].map((_, index) => {
    const value = kind === 'nps' ? index : index + 1
    const end = index ? (index > count - 2 ? labels[1] : undefined) : labels[0]
    return {
      value,
      wording: end ?? worded[index]?.wording,
      face: look === 'stars' ? star() : look === 'smileys' ? smiley(value) : value,
    }
  })
}
