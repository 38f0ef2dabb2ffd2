import type { Consent } from '../api-types.ts'

/** What a source says of this visitor; null when it has nothing to say, as its law does not apply to them. */
export type Answer = Consent | null

/**
 * Hears one consent platform until the signal aborts: answers as soon as the platform does and at every change, with
 * null at once when the page has no such platform. One that never answers holds consent back.
 */
export type Source = (answer: (given: Answer) => void, signal: AbortSignal) => void

const stateOf = (isAllowed: boolean) => (isAllowed ? 'granted' : 'denied')

export const consentOf = (mayStore: boolean, mayIdentify: boolean): Consent => ({
  storage: stateOf(mayStore),
  identify: stateOf(mayIdentify),
})
