// @vitest-environment happy-dom
import type { IngestItem, ResponseItem } from '@heed/contract'
import { describe, expect, test, vi } from 'vitest'
import type { HeedOptions } from '../../src/core/api-types.ts'
import { referrerClassOf } from '../../src/core/keeper/referrer-class.ts'
import { freshBrowser, pass } from './on-page.ts'
import { openPage, responses, surveyRules } from './open-page.ts'

freshBrowser()

const survey = surveyRules('a', { triggers: [{ on: 'event', name: 'purchase' }] })

/** A page on which the survey was shown and answered. */
const answered = async (rules: object = {}, options: Partial<HeedOptions> = {}) => {
  const page = await openPage({ surveys: [survey], ...rules }, options)
  page.heed.set({ product: { id: 'sku1' }, variant: { layout: 'b' }, attributes: { tier: 'gold' } })
  page.heed.identify('customer-1')
  page.heed.track('purchase', { value: 5, items: [{ item_id: 'sku1' }] })
  await pass(2_000)
  page.shown[0]?.host.report('seen')
  const outcome = page.shown[0]?.host.save({ nps: 9 }, true, { shownMs: 0 })
  await pass(6_000)
  return { ...page, outcome: await outcome, context: responses(page)[0]?.context }
}

/** Every name in an item, as a path; what the page itself gave counts by the member it gave it in. */
const names = (value: object, prefix = ''): string[] =>
  Object.entries(value).flatMap(([name, member]) => {
    const path = prefix + name
    const isOpen =
      member && typeof member === 'object' && ['context', 'context.event', 'context.campaign'].includes(path)
    return isOpen ? names(member, `${path}.`) : [path]
  })

describe('what is sent', () => {
  const allowed = new Set(
    `type id seq surveyId version locale ageMs displayAgeMs visitor subject answers completed timing state test
    context.url context.title context.language context.referrer context.referrerClass context.campaign.source
    context.campaign.medium context.device context.viewport context.timeZone context.visits context.pages
    context.waitedMs context.trigger context.exitSign context.event.name context.event.value
    context.event.itemIds context.event.itemCount context.event.categories context.product context.variant
    context.attributes`.split(/\s+/),
  )

  test('is on this list, whatever is allowed, and nothing else ever', async () => {
    history.replaceState({}, '', '/?utm_source=mail&utm_medium=crm&utm_secret=1&email=a%40b')
    document.title = 'Thanks'
    document.documentElement.lang = 'ko'
    const { sent } = await answered(
      { collect: ['title', 'campaign'], ticket: 'aodxAbCdEfGh' },
      { consent: 'granted', test: true, preview: 'token' },
    )
    const items = sent.flatMap((request) => request.items as IngestItem[])
    expect(items.length).toBeGreaterThan(2)
    expect(items.flatMap((item) => names(item)).filter((name) => !allowed.has(name))).toEqual([])
    const requests = new Set(sent.flatMap((request) => Object.keys(request)))
    expect([...requests].sort()).toEqual(['events', 'items', 'preview', 'sdk', 'ticket', 'url'])
    expect(JSON.stringify(sent)).not.toMatch(/secret|a%40b|a@b/)
  })

  test('has title and campaign tags only where the project collects them', async () => {
    history.replaceState({}, '', '/?utm_source=mail&utm_campaign=')
    document.title = 'Thanks'
    expect((await answered()).context).not.toHaveProperty('title')
    const { context } = await answered({ collect: ['title', 'campaign'] })
    expect(context).toMatchObject({ title: 'Thanks', campaign: { source: 'mail' } })
    expect((await answered({ collect: ['title'] })).context).not.toHaveProperty('campaign')
  })

  test('counts visits and pages only of a browser that may remember them', async () => {
    expect((await answered()).context).not.toHaveProperty('visits')
    const first = await answered({}, { consent: 'granted' })
    expect(first.context).toMatchObject({ visits: 1, pages: 1 })
    await pass(60_000)
    expect((await answered({}, { consent: 'granted' })).context).toMatchObject({ visits: 1, pages: 2 })
    await pass(3_600_000)
    expect((await answered({}, { consent: 'granted' })).context).toMatchObject({ visits: 2, pages: 1 })
  })

  test('counts the page that consent was given on, once', async () => {
    await answered({}, { consent: 'granted' })
    const { heed } = await openPage({ surveys: [survey] })
    await pass()
    heed.consent({ storage: 'granted' })
    await pass()
    heed.consent({ storage: 'granted', identify: 'granted' })
    await pass()
    expect(JSON.parse(localStorage.getItem('heed.pk_1') ?? '').visit.slice(1, 3)).toEqual([1, 2])
  })

  test('tells how long the page view took to the display, of a route too', async () => {
    const { heed, shown, ...page } = await openPage({ surveys: [survey] })
    await pass(10_000)
    history.pushState({}, '', '/next')
    await pass(4_000)
    heed.track('purchase')
    await pass(10)
    shown[0]?.host.save({ nps: 1 }, true, {})
    await pass()
    expect(responses(page)[0]?.context?.waitedMs).toBeGreaterThanOrEqual(4_000)
    expect(responses(page)[0]?.context?.waitedMs).toBeLessThan(4_100)
  })

  test('names the sign of an exit', async () => {
    vi.stubGlobal('matchMedia', () => ({ matches: false }))
    const { shown, ...page } = await openPage({
      surveys: [surveyRules('exit', { triggers: [{ on: 'exit', minSeconds: 1 }] })],
    })
    await pass(2_000)
    document.documentElement.dispatchEvent(Object.assign(new Event('mouseleave'), { clientY: -1 }))
    await pass()
    shown[0]?.host.save({ nps: 1 }, true, {})
    await pass()
    expect(responses(page)[0]?.context).toMatchObject({ trigger: 'exit', exitSign: 'pointer' })
  })
})

test.each([
  ['', 'direct'],
  ['https://shop.example/cart', 'internal'],
  ['https://www.shop.example/', 'internal'],
  ['https://blog.shop.example/', 'internal'],
  ['https://www.google.co.kr/', 'search'],
  ['https://m.search.naver.com/', 'search'],
  ['android-app://com.google.android.googlequicksearchbox/', 'search'],
  ['https://mail.google.com/', 'other'],
  ['https://l.instagram.com/', 'social'],
  ['https://t.co/x', 'social'],
  ['https://not-google.example/', 'other'],
  ['https://evilshop.example/', 'other'],
  ['nonsense', 'direct'],
])('a visitor from %j is a %s one', (referrer, expected) => {
  expect(referrerClassOf(referrer, 'shop.example')).toBe(expected)
})

describe('beforeSend', () => {
  test('changes what is sent, but not what tells it apart', async () => {
    const { sent, ...page } = await answered(
      {},
      {
        beforeSend: (item) => ({
          ...item,
          id: 'forged',
          surveyId: 'other',
          ...(item.type === 'response' && { answers: { nps: 10 } }),
          context: { url: 'https://shop.example/' },
        }),
      },
    )
    expect(page.outcome).toBe('stored')
    const [response] = responses({ sent }) as [ResponseItem]
    expect(response).toMatchObject({
      surveyId: 'srv_a',
      seq: 1,
      answers: { nps: 10 },
      context: { url: 'https://shop.example/' },
    })
    expect(response.id).not.toBe('forged')
  })

  test('drops what it does not give back, before anything of it is kept', async () => {
    const { sent, outcome } = await answered(
      {},
      { consent: 'granted', beforeSend: (item) => (item.type === 'display' ? item : null) },
    )
    expect(outcome).toBe('stored')
    expect(responses({ sent })).toEqual([])
    expect(sent.flatMap(({ items }) => items)).not.toEqual([])
    expect(JSON.stringify({ ...localStorage })).not.toContain('"nps"')
  })

  test.each([
    [
      'throws',
      () => {
        throw new Error()
      },
    ],
    ['promises', async (item: unknown) => item],
  ])(
    'that %s sends nothing; the answer counts as lost once, and its visitor is told',
    async (_name, hook) => {
      const page = await answered({}, { beforeSend: hook as never })
      expect(page.outcome).toBe('unsent')
      const again = page.shown[0]?.host.save({ nps: 9 }, true, {})
      await pass()
      expect(await again).toBe('unsent')
      window.dispatchEvent(new Event('pagehide'))
      await pass()
      const items = page.sent.flatMap(({ items }) => items)
      expect(items).toEqual([expect.objectContaining({ type: 'loss', reason: 'refused', count: 1 })])
    },
  )

  test('sees plain copies only: changing one changes nothing else', async () => {
    const seen: object[] = []
    const page = await answered(
      {},
      {
        beforeSend: (item) => {
          seen.push(item)
          if (item.type === 'response') item.answers.nps = 0
          Object.assign(item.context ?? {}, { url: 'gone' })
          return JSON.parse(JSON.stringify({ ...item, context: { url: 'kept' } }))
        },
      },
    )
    page.shown[0]?.host.save({ nps: 3 }, true, {})
    await pass()
    expect(seen.every((item) => Object.getPrototypeOf(item) === Object.prototype)).toBe(true)
    const last = seen.filter((item) => (item as ResponseItem).type === 'response').at(-1) as ResponseItem
    expect(last.seq).toBe(2)
    expect(responses(page).map(({ context }) => context?.url)).toEqual(['kept', 'kept'])
  })
})

describe('the ticket of the rules', () => {
  test('goes with everything that is sent, and nothing stands for one that is not there', async () => {
    const { sent } = await answered({ ticket: 'aodxAbCdEfGh' })
    expect(sent.length).toBeGreaterThan(0)
    for (const { ticket } of sent) expect(ticket).toBe('aodxAbCdEfGh')
    for (const request of (await answered()).sent) expect(request).not.toHaveProperty('ticket')
  })
})

describe('a test', () => {
  test.each([
    [{ test: true }, true],
    [{ test: '' }, true],
    [{ preview: 'token' }, true],
    [{ test: 'false' }, undefined],
    [{ test: false }, undefined],
    [{}, undefined],
  ])('is told by the options %j: %s', async (options, isTest) => {
    const { sent } = await answered({}, options)
    for (const item of sent.flatMap(({ items }) => items as ResponseItem[])) expect(item.test).toBe(isTest)
    for (const request of sent) expect(request.preview).toBe((options as HeedOptions).preview)
  })
})

describe('names of page events', () => {
  test('travel once each, at most fifty, none of them long', async () => {
    const page = await openPage({ surveys: [survey] })
    page.heed.track('view_item')
    page.heed.track('view_item')
    page.heed.track('x'.repeat(101))
    page.heed.track('purchase')
    await pass()
    page.shown[0]?.host.save({ nps: 1 }, false, {})
    await pass()
    expect(page.sent[0]?.events).toEqual(['view_item', 'purchase'])
    for (let i = 0; i < 100; i++) page.heed.track(`event_${i}`)
    await pass()
    page.shown[0]?.host.save({ nps: 2 }, false, {})
    await pass()
    page.shown[0]?.host.save({ nps: 3 }, true, {})
    await pass()
    const all = page.sent.flatMap(({ events = [] }) => events)
    expect(all).toHaveLength(50)
    expect(new Set(all).size).toBe(50)
  })
})
