import type { QuestionTexts } from '@heed/contract'
import { panel } from '../kit.ts'

/** How many questions are asked from this one on, whatever is answered: at most so many. */
export function longestWay(questions: readonly QuestionTexts[], from: QuestionTexts): number {
  const lengths = new Map<QuestionTexts | undefined, number>()
  // From the last one back: each question is looked at once, however many ways lead to it.
  for (const question of questions.filter(({ kind }) => panel._kinds[kind]).reverse()) {
    const answers = [undefined, '*', ...Object.keys(question.next ?? {})]
    const ways = answers.map((answer) => lengths.get(panel._nextQuestion(questions, question, answer)) ?? 0)
    lengths.set(question, 1 + Math.max(...ways))
  }
  return lengths.get(from) as number
}
