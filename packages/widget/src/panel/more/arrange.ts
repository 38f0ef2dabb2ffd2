import type { QuestionTexts, UiTexts } from '@heed/contract'
import { shuffled } from './shuffle.ts'

/**
 * A question for as long as its display lives: options in an order of the visitor's own ("other" is none of them and
 * stays last), how many to choose, where no hint says so, and a place for a picture.
 */
export function arrange(question: QuestionTexts, { tooFew = '', tooMany = '' }: UiTexts): QuestionTexts {
  const { options, shuffle, hint, min = 0, max = Infinity, screenshot } = question
  const rule =
    hint ?? (min > 1 ? tooFew.replace('{n}', `${min}`) : max < Infinity && tooMany.replace('{n}', `${max}`))
  return {
    ...question,
    ...(options && shuffle && { options: shuffled(options) }),
    ...(rule && { hint: rule }),
    // The picture belongs to these words: each display begins without one.
    ...(screenshot && { screenshot: { ...screenshot } }),
  }
}
