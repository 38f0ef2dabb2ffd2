import type { Consent, ConsentState } from './api-types.ts'
import { options } from './settings.ts'

/** Given by the page's own `consent()`. */
export const ownConsent: Consent = {}
/** Seen as a Google consent command in the data layer. */
let googleConsent: ConsentState | undefined

/**
 * Takes in Google's `analytics_storage`. Between several defaults only the stricter counts: which of them is meant for
 * this visitor's region only Google knows; so one for a region can forbid, not allow.
 */
export const setGoogleConsent = (answer: ConsentState, isDefault: boolean, isRegional: boolean): void => {
  if (answer === 'denied' || !(isDefault && (isRegional || googleConsent))) googleConsent = answer
}

/**
 * Whether the visitor agreed. The page's own `consent()` always wins, then Global Privacy Control forbids, then the
 * page's markup counts, then Google's consent mode; nothing known means no.
 */
export const granted = (what: keyof Consent): boolean =>
  (ownConsent[what] ??
    ((navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl
      ? 'denied'
      : (options.consent ?? googleConsent))) === 'granted'
