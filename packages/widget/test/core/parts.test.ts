// @vitest-environment happy-dom
import { describe, expect, test, vi } from 'vitest'
import type { Emit } from '../../src/core/adapter-interface.ts'
import { freshBrowser, pass } from './on-page.ts'
import { openPage, surveyRules } from './open-page.ts'

freshBrowser()

const onPurchase = surveyRules('a', { triggers: [{ on: 'event', name: 'purchase' }] })
const onScroll = surveyRules('b', { triggers: [{ on: 'scroll', percent: 50 }] })

describe('before it is asked to begin', () => {
  test('nothing is requested, listened to or touched', async () => {
    const listened = [document, window].map((target) => vi.spyOn(target, 'addEventListener'))
    const touched = vi.spyOn(window, 'localStorage', 'get')
    const { heed, asked, parts, shown } = await openPage({ surveys: [onPurchase] }, { isManual: true })
    heed.track('purchase')
    await pass(60_000)
    expect([asked, parts, shown]).toEqual([[], [], []])
    for (const calls of listened) expect(calls).not.toHaveBeenCalled()
    expect(touched).not.toHaveBeenCalled()
    expect((window as { dataLayer?: unknown }).dataLayer).toBeUndefined()
    heed.init()
    await pass()
    expect(shown).toHaveLength(1)
  })
})

describe('a keeper that cannot be loaded', () => {
  test('costs an event’s survey nothing but its answers, and others their moment', async () => {
    const { heed, shown } = await openPage(
      { surveys: [onPurchase, onScroll] },
      { parts: { keeper: undefined } },
    )
    heed.track('purchase')
    await pass()
    expect(shown.map(({ key }) => key)).toEqual(['a'])
    const outcome = shown[0]?.host.save({ nps: 1 }, true, {})
    await pass()
    expect(await outcome).toBe('unsent')
    expect(await heed.explain()).toBeUndefined()
    heed.snooze(7)
    heed.destroy()
    await pass()
  })
})

describe('adapters', () => {
  const adapter = () => {
    let emit: Emit = () => {}
    const start = vi.fn((given: Emit, _signal: AbortSignal) => {
      emit = given
    })
    return { start, emit: (...raw: Parameters<Emit>) => emit(...raw) }
  }

  test('that the page shows signs of are started once, and their events open surveys', async () => {
    vi.stubGlobal('prestashop', {})
    const prestashop = adapter()
    const { heed, parts, shown } = await openPage(
      { surveys: [onPurchase] },
      { parts: { 'adapter-prestashop': prestashop } },
    )
    await pass()
    heed.set({ cart: { value: 1 } })
    history.pushState({}, '', '/next')
    await pass()
    expect(prestashop.start).toHaveBeenCalledOnce()
    expect(parts.filter((name) => name.startsWith('adapter-'))).toEqual(['adapter-prestashop'])
    prestashop.emit('purchase', { value: 5 })
    await pass()
    expect(shown).toHaveLength(1)
    heed.destroy()
    expect(prestashop.start.mock.calls[0]?.[1].aborted).toBe(true)
  })

  test.each([
    ['the project asks for', { adapters: ['segment' as const] }, {}],
    ['the markup asks for', {}, { adapters: 'segment, nonsense' }],
  ])('that %s are started, whatever the page looks like', async (_name, rules, options) => {
    const segment = adapter()
    await openPage({ surveys: [onPurchase], ...rules }, { ...options, parts: { 'adapter-segment': segment } })
    await pass()
    expect(segment.start).toHaveBeenCalledOnce()
  })

  test('are left alone when no survey waits for an event', async () => {
    vi.stubGlobal('prestashop', {})
    const { parts } = await openPage({ surveys: [onScroll] })
    await pass()
    expect(parts).not.toContain('adapters')
  })
})

describe('?heed=', () => {
  test.each(['debug', 'eyJ0b2tlbiI6MX0.sig'])(
    '%s begins the debugging part, with the rules that it has',
    async (wish) => {
      history.replaceState({}, '', `/?a=1&heed=${wish}#x`)
      const draft = surveyRules('draft', { version: 0, triggers: [{ on: 'page' }] })
      const start = vi.fn(async (_heed: unknown, options: { preview?: string }, ..._rest: unknown[]) => {
        if (wish === 'debug') return undefined
        options.preview = wish
        return { surveys: [draft], onePerSession: false }
      })
      const { heed, shown, asked } = await openPage(
        { surveys: [onPurchase] },
        { parts: { debug: { start } } },
      )
      await pass()
      expect(start).toHaveBeenCalledExactlyOnceWith(
        expect.any(Function),
        expect.objectContaining({ key: 'pk_1' }),
        wish,
        expect.any(AbortSignal),
      )
      heed.track('purchase')
      await pass()
      expect(shown.map(({ key }) => key)).toEqual([wish === 'debug' ? 'a' : 'draft'])
      if (wish !== 'debug') expect(asked[0]).toContain(`/srv_draft/0/en?v=0.0.0&preview=${wish}`)
    },
  )

  test('leaves the page as it is when its part cannot be loaded', async () => {
    history.replaceState({}, '', '/?heed=debug')
    const { heed, shown } = await openPage({ surveys: [onPurchase] }, { parts: { debug: undefined } })
    heed.track('purchase')
    await pass()
    expect(shown).toHaveLength(1)
  })
})

describe('without rules of its own', () => {
  test('the loader fetches them', async () => {
    const { heed, shown, asked } = await openPage({ surveys: [onPurchase] }, { isPlain: true })
    heed.track('purchase')
    await pass()
    expect(asked[0]).toBe('https://heed.example/v1/config/pk_1')
    expect(shown).toHaveLength(1)
  })
})

describe('an nth trigger', () => {
  test('counts the pages of a visit, and fires on that one only', async () => {
    const third = surveyRules('third', { triggers: [{ on: 'nth', what: 'page', count: 3 }] })
    const { heed, shown } = await openPage({ surveys: [third] })
    await pass()
    for (let page = 2; page <= 5; page++) {
      history.pushState({}, '', `/${page}`)
      await pass()
      expect(shown).toHaveLength(page < 3 ? 0 : 1)
      heed.close()
    }
  })

  test('counts an event over the pages of a visit, once for all who wait for it', async () => {
    const at = (key: string, count: number) =>
      surveyRules(key, { triggers: [{ on: 'nth', what: 'event', name: 'add_to_cart', count }] })
    const rules = { surveys: [at('second', 2), at('third', 3)] }
    const first = await openPage(rules, { consent: 'granted' })
    first.heed.track('add_to_cart')
    first.heed.track('purchase')
    first.heed.track('add_to_cart')
    await pass()
    expect(first.shown.map(({ key }) => key)).toEqual(['second'])
    const next = await openPage(rules, { consent: 'granted' })
    next.heed.track('add_to_cart')
    await pass()
    expect(next.shown.map(({ key }) => key)).toEqual(['third'])
    await pass(3_600_000)
    const later = await openPage(rules, { consent: 'granted' })
    later.heed.track('add_to_cart')
    await pass()
    expect(later.shown).toEqual([])
  })
})

describe('explain()', () => {
  test('names an event that nobody sends, beside those that were heard', async () => {
    const typo = surveyRules('typo', {
      triggers: [{ on: 'event', name: 'purchse' }],
      audience: { vip: true },
    })
    const { heed } = await openPage({ surveys: [typo, onPurchase] })
    for (const name of ['page_view', 'add_to_cart', 'add_to_cart', 'purchase']) heed.track(name)
    await pass()
    const line = 'no page event "purchse" was heard on this page; heard: page_view, add_to_cart, purchase'
    const explained = heed.explain()
    await pass()
    const [first, second] = (await explained) ?? []
    expect(first?.triggers).toEqual([{ trigger: typo.triggers[0], heard: 0, note: line }])
    expect(first?.why).toEqual(['audience: is missing, wants {"vip":true}', line])
    expect(second).toMatchObject({ triggers: [{ heard: 1 }], why: [] })
  })

  test('tells how often a trigger of the page has fired', async () => {
    const onPage = surveyRules('page', { triggers: [{ on: 'page' }, { on: 'dwell', seconds: 60 }] })
    const { heed } = await openPage({ surveys: [onPage] })
    await pass()
    const explained = heed.explain('page')
    await pass()
    expect((await explained)?.[0]?.triggers.map(({ heard }) => heard)).toEqual([1, 0])
  })
})

test('a life after destroy() hears each event once, by the one ear that is already there', async () => {
  const { heed, shown } = await openPage({ surveys: [onPurchase] })
  await pass()
  const { dataLayer } = window as unknown as { dataLayer: unknown[] }
  const { push } = dataLayer
  const { pushState } = history
  for (let life = 0; life < 5; life++) {
    heed.destroy()
    heed.init()
    await pass()
  }
  expect([dataLayer.push, history.pushState]).toEqual([push, pushState])
  dataLayer.push({ event: 'purchase' })
  await pass()
  expect(shown).toHaveLength(1)
})
