import { setPlatformConsent } from './consent.ts'
import type { ConsentModule } from './consent-interface.ts'
import { hasGlobal } from './has-global.ts'
import { withPart } from './parts.ts'
import { life } from './settings.ts'

/**
 * Lets the page's consent platforms speak for the visitor, where it has one: no until they have, and no for good when
 * the part that hears them cannot be loaded. Pages without one pay only for the look.
 */
export const hearConsentPlatforms = (onChange: (isWithdrawn: boolean) => void): void => {
  if (!hasGlobal('__tcfapi,__gpp,Shopify')) return
  setPlatformConsent()
  withPart('consent', ({ watch }: ConsentModule) =>
    watch((said) => {
      setPlatformConsent(said)
      onChange(said.storage === 'denied')
    }, life.signal),
  )
}
