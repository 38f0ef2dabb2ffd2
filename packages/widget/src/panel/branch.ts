import type { AnswerValue, QuestionTexts } from '@heed/contract'
import { matches } from '@heed/targeting'

/** The questions this panel can ask; any other kind is passed over, so that an old panel survives a new survey. */
const kinds = ['nps', 'csat', 'ces', 'gcr', 'single', 'text']

/** A free choice is written as its text and branches as `other`. */
const plain = (answer: AnswerValue | undefined) => (typeof answer === 'object' ? 'other' : answer)

export const firstQuestion = (questions: readonly QuestionTexts[]): QuestionTexts | undefined =>
  questions.find(({ kind }) => kinds.includes(kind))

/**
 * The question after `question` once it was given `answer` (undefined: skipped), or undefined at the end. The first
 * rule that matches decides; without one, or when it names no later question, the next in order follows.
 */
export function nextQuestion(
  questions: readonly QuestionTexts[],
  question: QuestionTexts,
  answer: AnswerValue | undefined,
): QuestionTexts | undefined {
  const later = questions.slice(questions.indexOf(question) + 1)
  const go = question.next?.find(({ when }) => !when || matches({ v: when }, { v: plain(answer) }))?.go
  if (go === 'end') return undefined
  return firstQuestion(
    later.slice(
      Math.max(
        0,
        later.findIndex(({ key }) => key === go),
      ),
    ),
  )
}
