import type { AnswerValue, QuestionTexts } from '@heed/contract'
import { kindOf, kinds } from './kinds.ts'

export const firstQuestion = (questions: readonly QuestionTexts[]): QuestionTexts | undefined =>
  questions.find(({ kind }) => kinds[kind])

/** Where the table of `question` leads for one of its keys; without one, or to no later question, the next in order. */
function follow(
  questions: readonly QuestionTexts[],
  question: QuestionTexts,
  given: string,
): QuestionTexts | undefined {
  const { next = {} } = question
  const go = next[given] ?? next['*']
  if (go === 'end') return undefined
  const later = questions.slice(questions.indexOf(question) + 1)
  const named = later.findIndex(({ key }) => key === go)
  return firstQuestion(named < 0 ? later : later.slice(named))
}

/** The question after `question` once it was given `answer` (undefined: skipped), or undefined at the end. */
export const nextQuestion = (
  questions: readonly QuestionTexts[],
  question: QuestionTexts,
  answer: AnswerValue | undefined,
): QuestionTexts | undefined =>
  follow(
    questions,
    question,
    answer === undefined
      ? ''
      : // Words are no key of the table, or they might happen to be one.
        kindOf(question)._isOpen
        ? '*'
        : typeof answer === 'object'
          ? 'other'
          : `${answer}`,
  )

/** How many questions are asked from this one on, whatever is answered: at most so many. */
export function longestWay(questions: readonly QuestionTexts[], from: QuestionTexts): number {
  const lengths = new Map<QuestionTexts | undefined, number>()
  for (const question of [...questions].reverse()) {
    const ways = Object.keys({ ...question.next, '*': 0 }).map(
      (given) => lengths.get(follow(questions, question, given)) ?? 0,
    )
    lengths.set(question, 1 + Math.max(...ways))
  }
  return lengths.get(from) as number
}
