import type { QuestionTexts, RedactionPolicy, ResponseItem } from '@heed/contract'
import type { RedactionModule } from '../redaction-interface.ts'
import { stringify } from '../stringify.ts'
import { hasTrace } from './has-trace.ts'
import { loadPart, rules } from './link.ts'
import { json } from './pristine.ts'

type Answers = ResponseItem['answers']

/** Hashes are made with a key that only the server has. */
const policyOf = (policy: RedactionPolicy = {}) =>
  Object.fromEntries(Object.entries(policy).map(([kind, wish]) => [kind, wish === 'mask' ? wish : 'keep']))

/**
 * The answers without the personal data in their free texts, so that it does not even leave the device; undefined when
 * there is nothing to do. What cannot be done here, as when the part cannot be loaded, the server does anyway.
 */
export const redact = (
  answers: Answers,
  questions: readonly QuestionTexts[],
): Promise<Answers | undefined> | undefined => {
  if (!hasTrace(stringify(Object.values(answers), json()))) return
  const textKeys = questions.filter(({ kind }) => kind === 'text').map(({ key }) => key)
  return loadPart<RedactionModule>('redaction')
    .then(({ createRedactor, redactAnswers }) =>
      redactAnswers(answers, textKeys, createRedactor(policyOf(rules.redaction))),
    )
    .catch(() => undefined)
}
