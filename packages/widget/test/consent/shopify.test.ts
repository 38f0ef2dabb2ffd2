// @vitest-environment happy-dom
import { afterEach, describe, expect, test, vi } from 'vitest'
import { closePages, consentNow, globals, keptId, openPage, tcString } from './open-page.ts'

/** The Customer Privacy API as Shopify documents it: loaded on demand, its answer changes with the visitor's. */
function shopifyPage(visitor: { analytics: boolean; preferences: boolean }, isLoaded = false) {
  const customerPrivacy = {
    analyticsProcessingAllowed: () => visitor.analytics,
    preferencesProcessingAllowed: () => visitor.preferences,
  }
  const loadFeatures = vi.fn((_features: object[], done: (error?: unknown) => void) => {
    setTimeout(() => {
      globals.Shopify = Object.assign(globals.Shopify as object, { customerPrivacy })
      done()
    })
  })
  globals.Shopify = { loadFeatures, ...(isLoaded && { customerPrivacy }) }
  return {
    loadFeatures,
    choose(analytics: boolean, preferences: boolean) {
      Object.assign(visitor, { analytics, preferences })
      document.dispatchEvent(
        new CustomEvent('visitorConsentCollected', {
          detail: { analyticsAllowed: analytics, preferencesAllowed: preferences },
        }),
      )
    },
  }
}

afterEach(closePages)

describe('a page on Shopify', () => {
  test('asks the Customer Privacy API, which it loads where nobody has', async () => {
    const { loadFeatures } = shopifyPage({ analytics: true, preferences: true })
    await openPage()
    await vi.waitFor(() => expect(keptId()).toBeDefined())
    expect(loadFeatures.mock.calls[0]?.[0]).toEqual([{ name: 'consent-tracking-api', version: '0.1' }])
    expect(await consentNow()).toEqual([true, true])
  })

  test.each([
    [true, true, [true, true]],
    [true, false, [false, true]],
    [false, true, [false, false]],
    [false, false, [false, false]],
  ])('analytics %s and preferences %s', async (analytics, preferences, expected) => {
    shopifyPage({ analytics, preferences }, true)
    localStorage.setItem('heed.pk_1', '{"id":"known"}')
    await openPage({ consent: 'granted' })
    await vi.waitFor(async () => expect([!!keptId(), await consentNow()]).toEqual([expected[0], expected]))
  })

  test('follows the visitor’s choice', async () => {
    const { choose } = shopifyPage({ analytics: false, preferences: false })
    await openPage({ consent: 'granted' })
    await vi.dynamicImportSettled()
    expect(keptId()).toBeUndefined()
    choose(true, true)
    await vi.waitFor(() => expect(keptId()).toBeDefined())
    choose(false, true)
    await vi.waitFor(() => expect(localStorage).toHaveLength(0))
  })

  test('keeps nothing when the API cannot be loaded', async () => {
    globals.Shopify = {
      loadFeatures: (_features: object[], done: (error?: unknown) => void) => done(new Error('offline')),
    }
    await openPage({ consent: 'granted' })
    await vi.dynamicImportSettled()
    expect(await consentNow()).toEqual([false, false])
  })

  test('without that API leaves the word to who comes next', async () => {
    globals.Shopify = {}
    await openPage({ consent: 'granted' })
    await vi.waitFor(async () => expect(await consentNow()).toEqual([true, true]))
  })

  test('whose storefront loads the API later by itself is heard', async () => {
    globals.Shopify = {}
    await openPage({ consent: 'granted' })
    await vi.waitFor(() => expect(keptId()).toBeDefined())
    shopifyPage({ analytics: false, preferences: false }, true)
    document.dispatchEvent(new Event('shopifyCustomerPrivacyApiLoaded'))
    await vi.waitFor(() => expect(localStorage).toHaveLength(0))
  })

  test('goes before the Transparency and Consent Framework', async () => {
    const { CmpApi } = await import('@iabtechlabtcf/cmpapi')
    new CmpApi(31, 1, true).update(tcString(1, 9))
    const { choose } = shopifyPage({ analytics: false, preferences: false }, true)
    await openPage()
    await vi.dynamicImportSettled()
    expect(await consentNow()).toEqual([false, false])
    choose(true, true)
    await vi.waitFor(() => expect(keptId()).toBeDefined())
  })

  test('is not listened to after destroy', async () => {
    const { choose } = shopifyPage({ analytics: true, preferences: true }, true)
    const heed = await openPage()
    await vi.waitFor(() => expect(keptId()).toBeDefined())
    heed.destroy()
    localStorage.clear()
    choose(true, true)
    expect(localStorage).toHaveLength(0)
  })
})
