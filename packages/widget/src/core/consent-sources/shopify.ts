import { listen } from '../listen.ts'
import { safely } from '../safely.ts'
import { consentOf, type Source } from './source.ts'

interface Shopify {
  customerPrivacy?: {
    /** Understand how visitors interact with the shop. */
    analyticsProcessingAllowed(): boolean
    /** Remember what a visitor chose. */
    preferencesProcessingAllowed(): boolean
  }
  loadFeatures?(features: { name: string; version: string }[], done: (error?: unknown) => void): void
}

/**
 * Shopify's Customer Privacy API. What we keep on the device is both a choice remembered ("not again") and an id for
 * analysis, so it takes both permissions.
 * @see https://shopify.dev/docs/api/customer-privacy
 */
export const shopify: Source = (answer, signal) => {
  const page = window as { Shopify?: Shopify }
  if (!page.Shopify) return answer(null)
  const read = safely(() => {
    const customerPrivacy = page.Shopify?.customerPrivacy
    if (!customerPrivacy) return
    const mayAnalyse = customerPrivacy.analyticsProcessingAllowed()
    answer(consentOf(mayAnalyse && customerPrivacy.preferencesProcessingAllowed(), mayAnalyse))
  })
  listen(document, 'visitorConsentCollected', read, signal)
  // A storefront of React's (Hydrogen) loads the API by itself and says so.
  listen(document, 'shopifyCustomerPrivacyApiLoaded', read, signal)
  if (page.Shopify.customerPrivacy) read()
  else if (page.Shopify.loadFeatures)
    page.Shopify.loadFeatures([{ name: 'consent-tracking-api', version: '0.1' }], (error) => error || read())
  else answer(null)
}
