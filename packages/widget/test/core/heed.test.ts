// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { closePages, openPage, responses, surveyRules } from './open-page.ts'

const pass = (ms = 100) => vi.advanceTimersByTimeAsync(ms)
const globals = window as unknown as { dataLayer?: unknown[]; gtag?: (...args: unknown[]) => void }

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-22T10:00:00Z') })
  localStorage.clear()
  sessionStorage.clear()
  document.body.replaceChildren()
  history.replaceState({}, '', '/')
  delete globals.dataLayer
})
afterEach(() => {
  closePages()
  vi.clearAllTimers()
  vi.useRealTimers()
  vi.doUnmock('../../src/core/import-part.ts')
  vi.doUnmock('../../src/core/keeper/preload-panel.ts')
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const onPurchase = (where?: object) =>
  surveyRules('nps', {
    triggers: [{ on: 'event', name: 'purchase', delayMs: 1_000, ...(where && { where: where as never }) }],
  })

describe('a page event', () => {
  test('opens the survey that waits for it, after its delay', async () => {
    const { heed, shown } = await openPage({ surveys: [onPurchase()] })
    heed.track('purchase')
    await pass(900)
    expect(shown).toEqual([])
    await pass(200)
    expect(shown.map(({ key }) => key)).toEqual(['nps'])
  })

  test.each([
    ['{"value":{"$gte":50}}', { value: '60.5' }, 1],
    ['{"value":{"$gte":50}}', { ecommerce: { value: 50 } }, 1],
    ['{"value":{"$gte":50}}', { value: 49 }, 0],
    ['{"value":{"$gte":50}}', {}, 0],
    ['{"itemIds":{"$in":["a"]}}', { items: [{ item_id: 'a' }] }, 1],
    ['{"plan":"pro"}', { plan: 'pro' }, 1],
  ])('meets %s with %j: %d', async (where, properties, count) => {
    const { heed, shown } = await openPage({ surveys: [onPurchase(JSON.parse(where))] })
    heed.track('purchase', properties)
    await pass(2_000)
    expect(shown).toHaveLength(count)
  })

  test('of cancelOn calls a pending display off', async () => {
    const survey = { ...onPurchase(), cancelOn: [{ name: 'refund' }] }
    const { heed, shown } = await openPage({ surveys: [survey] })
    heed.track('purchase')
    await pass(500)
    heed.track('refund')
    await pass(2_000)
    expect(shown).toEqual([])
  })

  test('of cancelOn also calls off a display that is loading', async () => {
    let release = () => {}
    const survey = { ...onPurchase(), cancelOn: [{ name: 'refund' }] }
    const loadPanel = () => new Promise<void>((resolve) => (release = resolve))
    const { heed, shown } = await openPage({ surveys: [survey] }, { loadPanel })
    heed.track('purchase')
    await pass(1_500)
    heed.track('refund')
    await pass()
    release()
    await pass()
    expect(shown).toEqual([])
    heed.track('purchase')
    await pass(1_500)
    release()
    await pass()
    expect(shown).toHaveLength(1)
  })

  test('gives the moment to the first of the rules', async () => {
    const at = (key: string) => surveyRules(key, { triggers: [{ on: 'event', name: 'purchase' }] })
    const { heed, shown } = await openPage({ surveys: [at('b'), at('c'), at('a')] })
    heed.track('purchase')
    await pass()
    expect(shown.map(({ key }) => key)).toEqual(['b'])
  })

  test('leaves one survey at a time on the page', async () => {
    const { heed, shown } = await openPage({ surveys: [onPurchase()] })
    heed.track('purchase')
    await pass(2_000)
    heed.track('purchase')
    await pass(2_000)
    expect(shown).toHaveLength(1)
    heed.close()
    heed.track('purchase')
    await pass(2_000)
    expect(shown).toHaveLength(2)
  })

  test('is tried again at the next one when the panel could not be loaded', async () => {
    let isDown = true
    const loadPanel = async () => {
      if (isDown) throw new TypeError('Failed to fetch')
    }
    const { heed, shown } = await openPage({ surveys: [onPurchase()] }, { loadPanel })
    heed.track('purchase')
    await pass(2_000)
    isDown = false
    heed.track('purchase')
    await pass(2_000)
    expect(shown).toHaveLength(1)
  })

  test('that a clicked element names in data-heed-event counts', async () => {
    document.body.innerHTML = '<p data-heed-event="purchase"><b>x</b></p>'
    const { shown } = await openPage({ surveys: [onPurchase()] })
    await pass()
    document.querySelector('b')?.dispatchEvent(new MouseEvent('click', { bubbles: true }))
    await pass(2_000)
    expect(shown).toHaveLength(1)
  })
})

describe('the data layer', () => {
  test('is heard from its beginning, in all its dialects', async () => {
    globals.dataLayer = [{ event: 'purchase' }]
    const first = await openPage({ surveys: [onPurchase()] })
    await pass(2_000)
    expect(first.shown).toHaveLength(1)
    first.heed.close()
    ;(function (..._args: unknown[]) {
      // biome-ignore lint/complexity/noArguments: gtag() pushes its arguments object, not an array.
      globals.dataLayer?.push(arguments)
    })('event', 'purchase', { value: '5' })
    await pass(2_000)
    expect(first.shown).toHaveLength(2)
  })

  test.each([
    ['a command array', ['event', 'purchase']],
    ['null', null],
    ['a function', () => {}],
    ['a Google event', { event: 'gtm.purchase' }],
    [
      'something that throws',
      Object.defineProperty({}, 'event', {
        get: () => {
          throw new Error()
        },
      }),
    ],
  ])('%s is none of ours', async (_name, entry) => {
    const rules = surveyRules('nps', {
      triggers: [
        { on: 'event', name: 'gtm.purchase' },
        { on: 'event', name: 'purchase' },
      ],
    })
    const { shown } = await openPage({ surveys: [rules] })
    await pass()
    globals.dataLayer?.push(entry)
    await pass()
    expect(shown).toEqual([])
  })

  test('gets its own push first, and its return value', async () => {
    const push = vi.fn(() => 42)
    globals.dataLayer = Object.assign([], { push })
    const { shown } = await openPage({ surveys: [onPurchase()] })
    await pass()
    expect(globals.dataLayer.push({ event: 'purchase' }, { event: 'other' })).toBe(42)
    expect(push).toHaveBeenCalledExactlyOnceWith({ event: 'purchase' }, { event: 'other' })
    await pass(2_000)
    expect(shown).toHaveLength(1)
  })

  test('is left alone when no survey is live', async () => {
    await openPage({ surveys: [] })
    await pass()
    expect(globals.dataLayer).toBeUndefined()
  })
})

describe('a page view', () => {
  const onPage = surveyRules('page', {
    triggers: [{ on: 'page', delayMs: 500 }],
    urls: { include: ['/order*'] },
  })

  test('arms what its address allows, and a route change arms anew', async () => {
    const { shown, preloads } = await openPage({ surveys: [onPage] })
    await pass(2_000)
    expect(shown).toEqual([])
    expect(preloads()).toBe(0)
    history.pushState({}, '', '/order/1')
    await pass(2_000)
    expect(shown).toHaveLength(1)
    expect(preloads()).toBeGreaterThan(0)
  })

  test('takes its pending moments with it', async () => {
    const { shown } = await openPage({ surveys: [onPage] })
    await pass()
    history.pushState({}, '', '/order/1')
    await pass(300)
    history.pushState({}, '', '/cart')
    await pass(2_000)
    expect(shown).toEqual([])
  })

  test('is not left by a change of hash or state', async () => {
    history.replaceState({}, '', '/order/1')
    const { shown } = await openPage({ surveys: [onPage] })
    await pass(300)
    history.replaceState({ a: 1 }, '', '/order/1#top')
    await pass(300)
    expect(shown).toHaveLength(1)
  })

  test('comes when the page says so', async () => {
    const { heed, shown } = await openPage({
      surveys: [{ ...onPage, urls: {}, audience: { 'page.type': 'help' } }],
    })
    await pass(2_000)
    expect(shown).toEqual([])
    heed.page({ page: { type: 'help' } })
    await pass(2_000)
    expect(shown).toHaveLength(1)
  })

  test('from the back/forward cache is a new one', async () => {
    history.replaceState({}, '', '/order/1')
    const { heed, shown } = await openPage({ surveys: [onPage] })
    await pass(2_000)
    heed.close()
    window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }))
    await pass(2_000)
    expect(shown).toHaveLength(2)
  })

  test('reacts to what the page sets without counting dwell time anew', async () => {
    const dwell = surveyRules('dwell', { triggers: [{ on: 'dwell', seconds: 10 }] })
    const big = surveyRules('big', { triggers: [{ on: 'page' }], audience: { 'cart.value': { $gte: 50 } } })
    const { heed, shown } = await openPage({ surveys: [dwell, big] })
    await pass(6_000)
    heed.set({ cart: { value: 60 } })
    await pass()
    expect(shown.map(({ key }) => key)).toEqual(['big'])
    heed.close()
    await pass(4_000)
    expect(shown.map(({ key }) => key)).toEqual(['big', 'dwell'])
  })
})

describe('show()', () => {
  test('says what happened', async () => {
    const { heed } = await openPage({
      surveys: [surveyRules('a', { audience: { vip: true } }), surveyRules('b')],
    })
    const results = [heed.show('none'), heed.show('a'), heed.show('b'), heed.show('a', { force: true })]
    await pass()
    expect(await Promise.all(results)).toEqual(['unknown', 'ineligible', 'shown', 'busy'])
    heed.close()
    const forced = heed.show('a', { force: true })
    await pass()
    expect(await forced).toBe('shown')
  })

  test('waits for a modal dialog of the page', async () => {
    document.body.innerHTML = '<dialog data-modal></dialog>'
    const { heed, shown } = await openPage({ surveys: [surveyRules('b')] })
    const result = heed.show('b')
    await pass(5_000)
    expect(shown).toEqual([])
    const dialog = document.querySelector('dialog')
    dialog?.removeAttribute('data-modal')
    dialog?.dispatchEvent(new Event('close'))
    await pass()
    expect(await result).toBe('shown')
  })

  test('by its old call form works too', async () => {
    const { heed, shown } = await openPage({ surveys: [surveyRules('b')] })
    heed('show', 'b')
    await pass()
    expect(shown).toHaveLength(1)
  })
})

describe('consent', () => {
  const memory = () => localStorage.getItem('heed.pk_1')
  const consentByGoogle = (command: string, parameters: object) =>
    (function (..._args: unknown[]) {
      // biome-ignore lint/complexity/noArguments: as gtag() does.
      globals.dataLayer?.push(arguments)
    })('consent', command, parameters)

  test('unknown, nothing is kept and storage is not touched', async () => {
    const touched = vi.spyOn(window, 'localStorage', 'get')
    const { heed } = await openPage({ surveys: [surveyRules('a', { frequency: 'once' })] })
    const first = heed.show('a')
    await pass()
    heed.close()
    const second = heed.show('a')
    await pass()
    expect([await first, await second]).toEqual(['shown', 'ineligible'])
    expect(touched).not.toHaveBeenCalled()
  })

  test('given, the visitor is remembered over pages, taken back, forgotten', async () => {
    const rules = { surveys: [surveyRules('a', { frequency: 'once' as const })] }
    const { heed } = await openPage(rules, { consent: 'granted' })
    heed.show('a')
    await pass()
    const next = await openPage(rules, { consent: 'granted' })
    const result = next.heed.show('a')
    await pass()
    expect(await result).toBe('ineligible')
    expect(memory()).toContain('srv_a')
    next.heed.consent({ storage: 'denied' })
    await pass()
    expect(localStorage).toHaveLength(0)
  })

  test('given later, what happened before joins what was remembered', async () => {
    localStorage.setItem('heed.pk_1', '{"id":"known","surveys":{"srv_b":{"shown":[1]}}}')
    const { heed } = await openPage({ surveys: [surveyRules('a')] })
    heed.show('a')
    await pass()
    heed.consent({ storage: 'granted' })
    await pass()
    expect(JSON.parse(memory() ?? '')).toMatchObject({
      id: 'known',
      surveys: { srv_a: { shown: [expect.any(Number)] }, srv_b: { shown: [1] } },
    })
  })

  test('by Google counts until the page says something itself', async () => {
    globals.dataLayer = []
    const { heed } = await openPage({ surveys: [surveyRules('a')] })
    consentByGoogle('default', { analytics_storage: 'denied' })
    await pass()
    expect(memory()).toBeNull()
    consentByGoogle('update', { analytics_storage: 'granted' })
    await pass()
    expect(memory()).not.toBeNull()
    consentByGoogle('update', { ad_storage: 'denied' })
    await pass()
    expect(memory()).not.toBeNull()
    consentByGoogle('update', { analytics_storage: 'denied' })
    await pass()
    expect(memory()).toBeNull()
    consentByGoogle('update', { analytics_storage: 'granted' })
    heed.consent({ storage: 'denied' })
    await pass()
    expect(memory()).toBeNull()
  })

  test('by default denied does not forget a visitor whose answer is still to come', async () => {
    localStorage.setItem('heed.pk_1', '{"id":"known"}')
    globals.dataLayer = []
    await openPage({ surveys: [surveyRules('a')] })
    consentByGoogle('default', { analytics_storage: 'denied' })
    await pass()
    expect(memory()).toBe('{"id":"known"}')
  })

  test('for some region only can forbid, not allow', async () => {
    globals.dataLayer = []
    await openPage({ surveys: [surveyRules('a')] })
    consentByGoogle('default', { analytics_storage: 'granted', region: ['US'] })
    await pass()
    expect(memory()).toBeNull()
  })

  test('is capped by Global Privacy Control unless the page itself was told', async () => {
    vi.stubGlobal('navigator', Object.assign(Object.create(navigator), { globalPrivacyControl: true }))
    const { heed } = await openPage({ surveys: [surveyRules('a')] }, { consent: 'granted' })
    await pass()
    expect(memory()).toBeNull()
    heed.consent({ storage: 'granted' })
    await pass()
    expect(memory()).not.toBeNull()
  })
})

describe('what travels with an answer', () => {
  test('is what was allowed, and nothing else', async () => {
    history.replaceState({}, '', '/order/1?email=a%40b&lang=ko#x')
    const page = await openPage({ surveys: [onPurchase()], queryKeys: ['lang'] })
    const { heed, shown } = page
    heed.identify('customer-1', { tier: 'gold' })
    heed.set({ cart: { value: 5, nested: { toJSON: () => 'x' } } })
    heed.track('purchase', {
      value: '129.90',
      currency: 'EUR',
      items: [{ item_id: 'sku1', quantity: '2', email: 'a@b' }],
    })
    await pass(2_000)
    shown[0]?.host.save({ nps: 9 }, true, { shownMs: 0 })
    await pass()
    const [first] = responses(page)
    expect(first).toMatchObject({
      subject: null,
      visitor: null,
      surveyId: 'srv_nps',
      completed: true,
      seq: 1,
    })
    expect(first?.context).toEqual({
      url: `${location.origin}/order/1?lang=ko`,
      referrer: '',
      referrerClass: 'direct',
      device: 'desktop',
      viewport: [innerWidth, innerHeight],
      timeZone: expect.any(String),
      waitedMs: 1_000,
      trigger: 'event',
      event: {
        name: 'purchase',
        value: 129.9,
        currency: 'EUR',
        itemIds: ['sku1'],
        itemCount: 2,
        categories: [],
      },
      attributes: { tier: 'gold' },
      cart: { value: 5, nested: {} },
    })
    heed.consent({ identify: 'granted' })
    await pass()
    shown[0]?.host.save({ nps: 9 }, true, {})
    await pass(5_000)
    expect(responses(page).at(-1)?.subject).toBe('customer-1')
  })
})

describe('the rest', () => {
  test('snooze() closes the survey, calls it snoozed and keeps it away', async () => {
    const heard: string[] = []
    const { heed } = await openPage({ surveys: [surveyRules('a')] })
    for (const state of ['shown', 'snoozed', 'dismissed'] as const) heed.on(state, () => heard.push(state))
    heed.show('a')
    await pass()
    heed.snooze(7)
    await pass()
    expect(heard).toEqual(['shown', 'snoozed'])
    const again = heed.show('a')
    await pass()
    expect(await again).toBe('ineligible')
  })

  test('on() tells key and id, and stops', async () => {
    const { heed } = await openPage({ surveys: [surveyRules('a')] })
    const listener = vi.fn()
    const stop = heed.on('shown', listener)
    heed.show('a')
    await pass()
    expect(listener).toHaveBeenCalledExactlyOnceWith({ surveyKey: 'a', id: expect.any(String) })
    stop()
    heed.close()
    heed.show('a')
    await pass()
    expect(listener).toHaveBeenCalledOnce()
  })

  test('explain() gives every rule with its verdict', async () => {
    const { heed } = await openPage({
      surveys: [surveyRules('a', { audience: { vip: true } }), surveyRules('b')],
    })
    await pass()
    expect(await heed.explain('a')).toEqual([
      {
        surveyKey: 'a',
        mayShow: false,
        rules: [expect.objectContaining({ rule: 'audience', pass: false })],
        triggers: [{ trigger: { on: 'manual' }, heard: 0 }],
        why: ['audience: is missing, wants {"vip":true}'],
      },
    ])
    expect(await heed.explain()).toHaveLength(2)
  })

  test('nothing throws into the page, whatever it is called with', async () => {
    const { heed } = await openPage({ surveys: [onPurchase()] })
    const call = heed as unknown as (...args: unknown[]) => unknown
    for (const name of [
      'init',
      'track',
      'page',
      'set',
      'identify',
      'consent',
      'close',
      'snooze',
      'reset',
      'nothing',
    ])
      expect(() => call(name, null, null)).not.toThrow()
    const cyclic: Record<string, unknown> = {}
    cyclic.self = cyclic
    expect(() => heed.set({ cart: cyclic })).not.toThrow()
    await pass()
  })

  test('destroy() leaves no listener, no timer and no survey', async () => {
    const added = new Set<string>()
    for (const target of [document, window, document.documentElement]) {
      const { addEventListener, removeEventListener } = target
      vi.spyOn(target, 'addEventListener').mockImplementation(function (
        this: EventTarget,
        type,
        listener,
        options,
      ) {
        const key = `${type}`
        added.add(key)
        const { signal } = (typeof options === 'object' && options) || {}
        signal?.addEventListener('abort', () => added.delete(key))
        addEventListener.call(this, type, listener as never, options as never)
      })
      vi.spyOn(target, 'removeEventListener').mockImplementation(function (
        this: EventTarget,
        type,
        listener,
        options,
      ) {
        added.delete(`${type}`)
        removeEventListener.call(this, type, listener as never, options as never)
      })
    }
    const { heed, shown } = await openPage({
      surveys: [
        onPurchase(),
        surveyRules('all', {
          triggers: [
            { on: 'click', selector: '.help' },
            { on: 'scroll', percent: 50 },
            { on: 'dwell', seconds: 30 },
            { on: 'exit', minSeconds: 1 },
          ],
        }),
      ],
    })
    await pass(2_000)
    expect([...added].sort()).toEqual([
      'click',
      'mouseleave',
      'pageshow',
      'popstate',
      'scroll',
      'visibilitychange',
    ])
    heed.track('purchase')
    await pass(500)
    heed.destroy()
    await pass(0)
    expect([...added]).toEqual([])
    expect(vi.getTimerCount()).toBe(0)
    expect(shown).toEqual([])
  })

  test('listens only for what a live survey of this page needs', async () => {
    const listened = vi.spyOn(document, 'addEventListener')
    await openPage({
      surveys: [
        surveyRules('a', { urls: { include: ['/other'] }, triggers: [{ on: 'scroll', percent: 5 }] }),
      ],
    })
    await pass()
    expect(listened.mock.calls.map(([type]) => type)).toEqual([])
  })
})
