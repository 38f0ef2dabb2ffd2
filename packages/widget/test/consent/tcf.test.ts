// @vitest-environment happy-dom
// The platform's stub adds an empty frame that other frames find it by.
// @vitest-environment-options { "settings": { "enableIframePageLoading": true } }
import { afterEach, describe, expect, test, vi } from 'vitest'
import { closePages, consentNow, globals, gtag, keptId, loaded, openPage, tcString } from './open-page.ts'

/** IAB's own consent platform, new on each page. */
async function tcfPlatform() {
  const { CmpApi } = await import('@iabtechlabtcf/cmpapi')
  return new CmpApi(31, 1, true)
}

/** What stands in the page until the platform has come. */
async function tcfStub() {
  const { default: stub } = (await import('@iabtechlabtcf/stub' as string)) as { default: () => void }
  stub()
  return () => (globals.__tcfapi as () => unknown[])()
}

afterEach(closePages)

describe('a page under the Transparency and Consent Framework', () => {
  test('keeps nothing until its platform has an answer, whatever its markup says', async () => {
    const calls = await tcfStub()
    await openPage({ consent: 'granted' })
    await vi.waitFor(() => expect(calls()).toHaveLength(1))
    expect([keptId(), await consentNow()]).toEqual([undefined, [false, false]])
    const platform = await tcfPlatform()
    platform.update('', true)
    await vi.dynamicImportSettled()
    expect(keptId()).toBeUndefined()
    platform.update(tcString(1, 9))
    await vi.waitFor(() => expect(keptId()).toBeDefined())
    expect(await consentNow()).toEqual([true, true])
  })

  test.each([
    ['purpose 1 is enough to keep something', [1], [true, false]],
    ['purpose 9 lets the shop’s own id travel', [1, 9], [true, true]],
    ['purpose 9 alone is not enough for either', [9], [false, false]],
    ['without purpose 1 nothing is kept', [2, 3, 4, 7, 8, 10], [false, false]],
  ])('%s', async (_name, purposes, expected) => {
    const platform = await tcfPlatform()
    platform.update(tcString(...purposes))
    await openPage({ consent: 'granted' })
    await vi.waitFor(async () => expect(await consentNow()).toEqual(expected))
    expect(!!keptId()).toBe(expected[0])
  })

  test('forgets the visitor who takes the consent back, and remembers again when it returns', async () => {
    const platform = await tcfPlatform()
    platform.update(tcString(1))
    await openPage()
    await vi.waitFor(() => expect(keptId()).toBeDefined())
    const first = keptId()
    platform.update(tcString(1), true)
    expect(keptId()).toBe(first)
    platform.update(tcString())
    await vi.waitFor(() => expect(localStorage).toHaveLength(0))
    platform.update(tcString(1))
    await vi.waitFor(() => expect(keptId()).toBeDefined())
    expect(keptId()).not.toBe(first)
  })

  test('forgets at once a visitor who took the consent back on another page', async () => {
    localStorage.setItem('heed.pk_1', '{"id":"known"}')
    const platform = await tcfPlatform()
    platform.update(tcString())
    await openPage()
    await vi.waitFor(() => expect(localStorage).toHaveLength(0))
  })

  test('where the GDPR does not apply leaves the word to who comes next', async () => {
    const platform = await tcfPlatform()
    platform.update(null)
    await openPage()
    expect(await consentNow()).toEqual([false, false])
    gtag('update', 'granted')
    await vi.waitFor(() => expect(keptId()).toBeDefined())
  })

  test('goes before Google’s consent mode', async () => {
    gtag('update', 'granted')
    const platform = await tcfPlatform()
    platform.update(tcString())
    await openPage()
    await vi.dynamicImportSettled()
    expect(await consentNow()).toEqual([false, false])
    platform.update(tcString(1))
    gtag('update', 'denied')
    await vi.waitFor(() => expect(keptId()).toBeDefined())
  })

  test('lets the page’s own word win', async () => {
    const platform = await tcfPlatform()
    platform.update(tcString(1, 9))
    const heed = await openPage()
    heed.consent({ storage: 'denied' })
    await vi.dynamicImportSettled()
    expect([await consentNow(), localStorage.length]).toEqual([[false, true], 0])
    heed.consent({ storage: 'granted', identify: 'denied' })
    platform.update(tcString())
    await vi.waitFor(() => expect(keptId()).toBeDefined())
    expect(await consentNow()).toEqual([true, false])
  })

  test('is capped by Global Privacy Control', async () => {
    vi.stubGlobal('navigator', Object.assign(Object.create(navigator), { globalPrivacyControl: true }))
    const platform = await tcfPlatform()
    platform.update(tcString(1, 9))
    await openPage({ consent: 'granted' })
    await vi.dynamicImportSettled()
    expect([await consentNow(), keptId()]).toEqual([[false, false], undefined])
  })

  test('has no listener left after destroy', async () => {
    const platform = await tcfPlatform()
    platform.update(tcString(1))
    const heed = await openPage()
    await vi.waitFor(() => expect(keptId()).toBeDefined())
    heed.destroy()
    const { CmpApiModel } = await import(
      '../../node_modules/@iabtechlabtcf/cmpapi/lib/mjs/CmpApiModel.js' as string
    )
    expect(CmpApiModel.eventQueue.size).toBe(0)
    localStorage.clear()
    platform.update(tcString(1))
    expect(localStorage).toHaveLength(0)
  })

  test('ended before its platform has loaded leaves nothing either', async () => {
    const calls = await tcfStub()
    const heed = await openPage()
    await vi.waitFor(() => expect(calls()).toHaveLength(1))
    heed.destroy()
    const platform = await tcfPlatform()
    platform.update(tcString(1))
    expect(localStorage).toHaveLength(0)
  })
})

test('a page without a consent platform loads nothing to hear one', async () => {
  await openPage({ consent: 'granted' })
  expect([loaded.includes('consent'), await consentNow()]).toEqual([false, [true, true]])
})

test('where the part that hears consent platforms is blocked, nothing is kept', async () => {
  globals.__tcfapi = () => {}
  await openPage({ consent: 'granted' }, 'consent')
  await vi.dynamicImportSettled()
  expect([loaded.includes('consent'), await consentNow(), localStorage.length]).toEqual([
    true,
    [false, false],
    0,
  ])
})
