import type { RedactionKind, RedactionPolicy } from '@heed/contract'
import { findEmails } from './find-emails.ts'
import { findIbans } from './find-ibans.ts'
import { findNumbers } from './find-numbers.ts'
import { findTokens } from './find-tokens.ts'
import { fold } from './fold.ts'
import { mayHold } from './may-hold.ts'
import type { Span } from './span.ts'

/** The text with whatever tells who somebody is masked, hashed or kept, and everything else untouched. */
export type Redact = (text: string) => string

/**
 * A short stand-in for a value, the same for equal ones and of no use to whoever has not the key. `value` is in one
 * spelling: an address in lower case, a number in ASCII digits without separators.
 */
export type Fingerprint = (kind: RedactionKind, value: string) => string

// What comes first takes its characters from the rest: the digits of an address are no phone number.
const finders = [findEmails, findTokens, findIbans, findNumbers]

/**
 * Prepares the redaction of one project: `[email]`, `[card]`, `[iban]`, `[phone]`, `[id]`, `[token]`. Kinds that the
 * policy does not name are masked, and so is `hash` where nobody gives a fingerprint. Linear in the length of the text.
 */
export function createRedactor(policy: RedactionPolicy = {}, fingerprint?: Fingerprint): Redact {
  function standIn({ kind, value }: Span): string {
    return policy[kind] === 'hash' && fingerprint ? `[${kind}:${fingerprint(kind, value)}]` : `[${kind}]`
  }

  return (text) => {
    if (!mayHold(text)) return text
    const spans: Span[] = []
    let rest = fold(text)
    for (const find of finders) {
      const found = find(rest)
      if (found.length === 0) continue
      spans.push(...found)
      rest = blank(rest, found)
    }
    const replaced = spans.filter(({ kind }) => policy[kind] !== 'keep')
    if (replaced.length === 0) return text
    replaced.sort((one, other) => one.start - other.start)
    let redacted = ''
    let end = 0
    for (const span of replaced) {
      redacted += text.slice(end, span.start) + standIn(span)
      end = span.end
    }
    return redacted + text.slice(end)
  }
}

/** Same length, with the found places taken out. `spans` are in order. */
function blank(text: string, spans: readonly Span[]): string {
  let blanked = ''
  let end = 0
  for (const span of spans) {
    blanked += text.slice(end, span.start) + '\u0001'.repeat(span.end - span.start)
    end = span.end
  }
  return blanked + text.slice(end)
}
