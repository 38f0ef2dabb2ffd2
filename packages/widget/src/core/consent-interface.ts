import type { Consent, ConsentState } from './api-types.ts'

/** Who speaks for the visitor besides the page's own `consent()` and its markup; `core/consent.ts` says who goes first. */
export type ConsentSource = 'platform' | 'tcf' | 'gpp' | 'google'

/**
 * What a source says now; undefined: it does not know (any more). A `denied` for `storage` removes what is kept, so a
 * source says it only of an answer that the visitor has given, or that the law gives for them; until then it is silent.
 */
export type SetConsent = (source: ConsentSource, what: keyof Consent, state: ConsentState | undefined) => void

/**
 * The only export of the part `consent`, which listens to consent platforms. Loaded when the page has `__tcfapi`,
 * `__gpp` or `Shopify`; it finds out itself which of them speak, and each may appear later.
 */
export interface ConsentModule {
  /** Listens, and calls back at every change, until the signal aborts. Never throws. */
  start(set: SetConsent, signal: AbortSignal): void
}
