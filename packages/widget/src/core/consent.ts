import type { Consent, ConsentState } from './api-types.ts'
import { options } from './settings.ts'

/** Given by the page's own `consent()`. */
export const ownConsent: Consent = {}
/** What consent platforms in the page say, heard by the consent part; undefined while they have not answered. */
let platformConsent: Consent | undefined = {}
/** Seen as Google's default for the page; the strictest of several. */
let googleDefault: ConsentState | undefined

/** Members that are left out are left to what stands lower in the order of `granted`; nothing at all means no. */
export const setPlatformConsent = (said?: Consent): void => {
  platformConsent = said
}

/**
 * Takes in Google's `analytics_storage`. An update is newer than the page's markup and takes its place. Between several
 * defaults only the stricter counts: which of them is meant for this visitor's region only Google knows; so one for a
 * region can forbid, not allow.
 */
export const setGoogleConsent = (answer: ConsentState, isDefault: boolean, isRegional: boolean): void => {
  if (!isDefault) options.consent = answer
  else if (answer === 'denied' || !(isRegional || googleDefault)) googleDefault = answer
}

/**
 * Whether the visitor agreed. The page's own `consent()` always wins, then Global Privacy Control forbids, then consent
 * platforms count, then Google's update or the page's markup, then Google's default; nothing known means no.
 */
export const granted = (what: keyof Consent): boolean =>
  (ownConsent[what] ??
    (platformConsent && !(navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl
      ? (platformConsent[what] ?? options.consent ?? googleDefault)
      : '')) === 'granted'
