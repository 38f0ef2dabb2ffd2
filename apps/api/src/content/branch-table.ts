import type { Question } from '@heed/contract'
import { matches } from '@heed/targeting'

/** Every answer that a rule can tell apart, as the panel looks it up; undefined is a skipped question. */
function answersTo(question: Question): (string | number | undefined)[] {
  switch (question.kind) {
    case 'nps':
      return Array.from({ length: 11 }, (_, score) => score)
    case 'csat':
      return [1, 2, 3, 4, 5]
    case 'ces':
      return [1, 2, 3, 4, 5, 6, 7]
    case 'gcr':
      return ['yes', 'partly', 'no']
    case 'single':
      return [...question.options.map(({ key }) => key), ...(question.other ? ['other'] : [])]
    default:
      return []
  }
}

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
  // A text has no values to list: a rule can ask whether there is one (see the checks at publication).
  const anyText = targetOf('text')
  const targets = answers.map((answer) => targetOf(answer))
  const commonest = targets.toSorted(
    (a, b) => targets.filter((one) => one === b).length - targets.filter((one) => one === a).length,
  )[0]
  const rest = commonest ?? anyText
  const table: Record<string, string> = { '*': rest }
  const skipped = targetOf(undefined)
  if (skipped !== rest) table[''] = skipped
  answers.forEach((answer, index) => {
    const target = targets[index]
    if (target && target !== rest) table[String(answer)] = target
  })
  return table
}
