import type { AnswerValue } from '@heed/contract'
import type { Redact } from './redact.ts'

/**
 * The answers with their free texts redacted: texts and what is written beside "other". Keys of options are not touched,
 * and neither is the address given to an `email` question: the visitor was asked for it and gave it on purpose.
 * The same object when nothing changes.
 */
export function redactAnswers(
  answers: Readonly<Record<string, AnswerValue>>,
  textKeys: readonly string[],
  redact: Redact,
): Record<string, AnswerValue> {
  let redacted: Record<string, AnswerValue> | undefined
  for (const key in answers) {
    const answer = answers[key]
    const other = answer === undefined ? undefined : redactAnswer(answer, textKeys.includes(key), redact)
    if (other === undefined || other === answer) continue
    redacted ??= { ...answers }
    redacted[key] = other
  }
  return redacted ?? answers
}

function redactAnswer(answer: AnswerValue, isText: boolean, redact: Redact): AnswerValue {
  if (typeof answer === 'string') return isText ? redact(answer) : answer
  if (typeof answer !== 'object' || Array.isArray(answer) || answer.other === undefined) return answer
  const other = redact(answer.other)
  return other === answer.other ? answer : { ...answer, other }
}
