// @vitest-environment happy-dom
import { describe, expect, test, vi } from 'vitest'
import { freshBrowser, pass } from './on-page.ts'
import { openPage, surveyRules } from './open-page.ts'

freshBrowser()

/** Web Locks of one browser, which all of its tabs share; only what is asked for with `ifAvailable`. */
const createLocks = () => {
  const held = new Set<string>()
  const request = async (
    name: string,
    _options: LockOptions,
    run: (lock: object | null) => unknown,
  ): Promise<unknown> => {
    if (held.has(name)) return run(null)
    held.add(name)
    await run({ name })
    return held.delete(name)
  }
  return { held, request }
}
const setLocks = (locks: object | undefined) =>
  vi.stubGlobal('navigator', Object.create(navigator, { locks: { value: locks } }))

const survey = surveyRules('a')

describe('several tabs', () => {
  test('show one survey at a time, without keeping anything', async () => {
    const locks = createLocks()
    setLocks(locks)
    const one = await openPage({ surveys: [survey] })
    const two = await openPage({ surveys: [survey] })
    const results = [one.heed.show('a'), two.heed.show('a')]
    await pass()
    expect((await Promise.all(results)).sort()).toEqual(['failed', 'shown'])
    one.heed.close()
    two.heed.close()
    await pass()
    expect(locks.held.size).toBe(0)
    const again = two.heed.show('a')
    await pass()
    expect(await again).toBe('shown')
  })

  test('without locks go by what is remembered', async () => {
    setLocks(undefined)
    const surveys = [surveyRules('a', { frequency: 'once' })]
    const one = await openPage({ surveys }, { consent: 'granted' })
    const two = await openPage({ surveys }, { consent: 'granted' })
    await pass()
    one.heed.show('a')
    await pass()
    const second = two.heed.show('a')
    await pass()
    expect(await second).toBe('ineligible')
  })

  test('that may not use locks show their survey all the same', async () => {
    setLocks({ request: async () => Promise.reject(new DOMException('', 'SecurityError')) })
    const { heed, shown } = await openPage({ surveys: [survey] })
    heed.show('a')
    await pass()
    expect(shown).toHaveLength(1)
  })

  test('hold nothing when they leave, so that they can come back as they were', async () => {
    const locks = createLocks()
    setLocks(locks)
    const { heed } = await openPage({ surveys: [survey] })
    heed.show('a')
    await pass()
    expect(locks.held.has('heed.pk_1')).toBe(true)
    window.dispatchEvent(new Event('pagehide'))
    await pass()
    expect(locks.held.size).toBe(0)
  })
})
