import type { Question } from '@heed/contract'
import { matches } from '@heed/targeting'

/** Every answer that a rule can tell apart, as the panel looks it up; none where there is no end of them. */
function answersTo(question: Question): (string | number | boolean)[] {
  switch (question.kind) {
    case 'nps':
      return Array.from({ length: 11 }, (_, score) => score)
    case 'csat':
      return [1, 2, 3, 4, 5]
    case 'ces':
      return [1, 2, 3, 4, 5, 6, 7]
    case 'rating':
      return Array.from({ length: question.scale ?? 5 }, (_, index) => index + 1)
    case 'gcr':
      return ['yes', 'partly', 'no']
    case 'thumbs':
      return ['up', 'down']
    case 'consent':
      return [true, false]
    case 'single':
      return [...question.options.map(({ key }) => key), ...(question.other ? ['other'] : [])]
    default:
      return []
  }
}

/** Whether the answers of such a question can be told apart by rules; of the others a rule can ask for `$exists`. */
export const listsAnswers = (question: Question): boolean => answersTo(question).length > 0

/**
 * Where each answer leads, worked out once with the engine that decides everything else, so that the panel only looks
 * up. The first rule that matches decides; without one the next in order follows. The commonest target stands under
 * `*`. Undefined where every answer leads to the next in order.
 */
export function branchTable(
  questions: readonly Question[],
  question: Question,
): Record<string, string> | undefined {
  if (!question.next?.length) return undefined
  const later = questions.slice(questions.indexOf(question) + 1).map(({ key }) => key)
  const targetOf = (answer: unknown) => {
    const go = question.next?.find(({ when }) => !when || matches({ v: when }, { v: answer }))?.go
    return go === 'end' || (go && later.includes(go)) ? go : (later[0] ?? 'end')
  }
  const answers = answersTo(question)
  // Words and sets have no values to list: a rule can ask whether there are any (see `listsAnswers`).
  const anyAnswer = targetOf('words')
  const targets = answers.map((answer) => targetOf(answer))
  const commonest = targets.toSorted(
    (a, b) => targets.filter((one) => one === b).length - targets.filter((one) => one === a).length,
  )[0]
  const rest = commonest ?? anyAnswer
  const table: Record<string, string> = { '*': rest }
  const skipped = targetOf(undefined)
  if (skipped !== rest) table[''] = skipped
  answers.forEach((answer, index) => {
    const target = targets[index]
    if (target && target !== rest) table[String(answer)] = target
  })
  return table
}
