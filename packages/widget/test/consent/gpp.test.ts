// @vitest-environment happy-dom
import { afterEach, describe, expect, test, vi } from 'vitest'
import { closePages, consentNow, globals, gtag, keptId, openPage, tcString } from './open-page.ts'

type Fields = Record<string, Record<string, unknown>>

/** IAB's own platform with these sections, one of them or more in force. */
async function gppPlatform(applicable: number[], sections: Fields = {}, isReady = true) {
  const { CmpApi } = await import('@iabgpp/cmpapi')
  // What the stub in the page hands over: nobody has called yet.
  globals.__gpp = () => []
  const platform = new CmpApi(31, 1)
  platform.setApplicableSections(applicable)
  setFields(platform, sections)
  if (isReady) platform.setSignalStatus('ready' as never)
  return platform
}

function setFields(platform: { setFieldValue(...all: unknown[]): void }, sections: Fields) {
  for (const [section, fields] of Object.entries(sections))
    for (const [field, value] of Object.entries(fields)) platform.setFieldValue(section, field, value)
}

const purposes = (...ids: number[]) => Array.from({ length: 24 }, (_, index) => ids.includes(index + 1))

afterEach(closePages)

describe('a page under the Global Privacy Platform', () => {
  test.each<[string, number[], Fields, boolean[]]>([
    ['EU: purpose 1', [2], { tcfeuv2: { PurposeConsents: purposes(1) } }, [true, false]],
    ['EU: purposes 1 and 9', [2], { tcfeuv2: { PurposeConsents: purposes(1, 9) } }, [true, true]],
    ['EU: no purpose 1', [2], { tcfeuv2: { PurposeConsents: purposes(9, 10) } }, [false, false]],
    ['Canada: express consent', [5], { tcfcav1: { PurposesExpressConsent: purposes(1, 9) } }, [true, true]],
    [
      'Canada: implied consent is not enough',
      [5],
      { tcfcav1: { PurposesImpliedConsent: purposes(1, 9) } },
      [false, false],
    ],
    ['US: nothing opted out of', [7], { usnat: { SaleOptOut: 2, SharingOptOut: 2 } }, [true, true]],
    ['US: opted out of sale', [7], { usnat: { SaleOptOut: 1, SharingOptOut: 2 } }, [false, false]],
    ['US: opted out of sharing', [7], { usnat: { SharingOptOut: 1 } }, [false, false]],
    ['US: opted out of targeting', [7], { usnat: { TargetedAdvertisingOptOut: 1 } }, [false, false]],
    ['US: a notice is no opt-out', [7], { usnat: { SaleOptOutNotice: 1 } }, [true, true]],
    [
      'US: Global Privacy Control in the signal',
      [7],
      { usnat: { SaleOptOut: 2, Gpc: true } },
      [false, false],
    ],
    ['California: opted out', [8], { usca: { SaleOptOut: 1 } }, [false, false]],
    ['California: not opted out', [8], { usca: { SaleOptOut: 2 } }, [true, true]],
    ['Colorado: opted out', [10], { usco: { TargetedAdvertisingOptOut: 1 } }, [false, false]],
    ['Texas: Global Privacy Control', [16], { ustx: { Gpc: true } }, [false, false]],
    [
      'a child without consent',
      [7],
      { usnat: { KnownChildSensitiveDataConsents: [0, 1, 0] } },
      [false, false],
    ],
    [
      'two in force: both must allow',
      [2, 7],
      { tcfeuv2: { PurposeConsents: purposes(1) }, usnat: { SaleOptOut: 1 } },
      [false, false],
    ],
  ])('%s', async (_name, applicable, sections, expected) => {
    await gppPlatform(applicable, sections)
    await openPage({ consent: 'granted' })
    if (expected[0]) await vi.waitFor(() => expect(keptId()).toBeDefined())
    else await vi.waitFor(async () => expect(await settled()).toBe(true))
    expect(await consentNow()).toEqual(expected)
  })

  test('keeps nothing until the signal is ready', async () => {
    const platform = await gppPlatform([7], { usnat: { SaleOptOut: 2 } }, false)
    await openPage({ consent: 'granted' })
    await vi.waitFor(async () => expect(await settled()).toBe(true))
    expect([keptId(), await consentNow()]).toEqual([undefined, [false, false]])
    platform.setSignalStatus('ready' as never)
    expect(await consentNow()).toEqual([true, true])
  })

  test('forgets the visitor who opts out, and remembers again when they opt in', async () => {
    const platform = await gppPlatform([7], { usnat: { SaleOptOut: 2 } })
    await openPage()
    await vi.waitFor(() => expect(keptId()).toBeDefined())
    platform.setSignalStatus('not ready' as never)
    setFields(platform, { usnat: { SaleOptOut: 1 } })
    platform.fireSectionChange('usnat')
    expect(keptId()).toBeDefined()
    platform.setSignalStatus('ready' as never)
    await vi.waitFor(() => expect(localStorage).toHaveLength(0))
    setFields(platform, { usnat: { SaleOptOut: 2 } })
    platform.fireSectionChange('usnat')
    await vi.waitFor(() => expect(keptId()).toBeDefined())
  })

  test('where no section applies leaves the word to who comes next', async () => {
    await gppPlatform([-1])
    await openPage()
    gtag('update', 'granted')
    await vi.waitFor(() => expect(keptId()).toBeDefined())
  })

  test('comes after the Transparency and Consent Framework', async () => {
    const { CmpApi } = await import('@iabtechlabtcf/cmpapi')
    const tcf = new CmpApi(31, 1, true)
    await gppPlatform([7], { usnat: { SaleOptOut: 1 } })
    tcf.update(tcString(1))
    await openPage()
    await vi.waitFor(() => expect(keptId()).toBeDefined())
    // Elsewhere than in the EU it is for the other one to say.
    tcf.update(null)
    await vi.waitFor(() => expect(localStorage).toHaveLength(0))
  })

  test('is understood when a platform gives a section’s segments apart, or its name with a version', async () => {
    globals.__gpp = (_command: string, callback: (data: object, isSuccess: boolean) => void) =>
      callback(
        {
          listenerId: 1,
          pingData: {
            signalStatus: 'ready',
            applicableSections: [7],
            parsedSections: {
              usnatv1: [
                { Version: 1, SaleOptOut: 2 },
                { GpcSegmentType: 1, Gpc: true },
              ],
            },
          },
        },
        true,
      )
    localStorage.setItem('heed.pk_1', '{"id":"known"}')
    await openPage()
    await vi.waitFor(() => expect(localStorage).toHaveLength(0))
  })

  test('has no listener left after destroy', async () => {
    const platform = await gppPlatform([7], { usnat: { SaleOptOut: 2 } })
    const heed = await openPage()
    await vi.waitFor(() => expect(keptId()).toBeDefined())
    heed.destroy()
    const { eventQueue } = (platform as never as { cmpApiContext: { eventQueue: { size: number } } })
      .cmpApiContext
    expect(eventQueue.size).toBe(0)
  })
})

/** Whether the platform has been listened to, so that what it said has been heard. */
async function settled() {
  let size = 0
  ;(globals.__gpp as (command: string, callback: (data: { listenerId: number }) => void) => void)(
    'addEventListener',
    ({ listenerId }) => {
      size = listenerId
      ;(globals.__gpp as (...all: unknown[]) => void)('removeEventListener', () => {}, listenerId)
    },
  )
  return size > 1000
}
