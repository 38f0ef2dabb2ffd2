import type { Consent } from './api-types.ts'

/**
 * The only export of the part `consent`, which listens to consent platforms. Loaded when the page has `__tcfapi`,
 * `__gpp` or `Shopify`.
 */
export interface ConsentModule {
  /**
   * Listens until the signal aborts, and calls back with what the visitor is known to have said, the whole of it at
   * every change; a member is missing while it is not known. A `denied` for `storage` removes what is kept, so it is
   * only said of an answer that has been given, by the visitor or for them by law. Never throws.
   */
  watch(report: (said: Consent) => void, signal: AbortSignal): void
}
