import type { AnswerValue, QuestionTexts } from '@heed/contract'
import { kindOf, kinds } from './kinds.ts'

export const firstQuestion = (questions: readonly QuestionTexts[]): QuestionTexts | undefined =>
  questions.find(({ kind }) => kinds[kind])

/**
 * The question after `question` once it was given `answer` (undefined: skipped), or undefined at the end. The table
 * that came with the texts decides; without one, or when it names no later question, the next in order follows.
 */
export function nextQuestion(
  questions: readonly QuestionTexts[],
  question: QuestionTexts,
  answer: AnswerValue | undefined,
): QuestionTexts | undefined {
  const { next = {} } = question
  const given =
    answer === undefined
      ? ''
      : // Words are no key of the table, or they might happen to be one.
        kindOf(question)._isOpen
        ? '*'
        : typeof answer === 'object'
          ? 'other'
          : `${answer}`
  const go = next[given] ?? next['*']
  if (go === 'end') return undefined
  const later = questions.slice(questions.indexOf(question) + 1)
  const named = later.findIndex(({ key }) => key === go)
  return firstQuestion(named < 0 ? later : later.slice(named))
}
