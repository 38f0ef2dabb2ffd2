import type { Consent } from './api-types.ts'
import { state } from './state.ts'

/**
 * Whether the visitor agreed. The page's own `consent()` always wins, then Global Privacy Control forbids, then the
 * page's markup counts, then Google's consent mode; nothing known means no.
 */
export const granted = (what: keyof Consent): boolean =>
  (state._consent[what] ||
    ((navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl
      ? 'denied'
      : state._options.consent || state._googleConsent)) === 'granted'
