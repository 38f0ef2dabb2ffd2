// @vitest-environment happy-dom
import { describe, expect, test } from 'vitest'
import { freshBrowser, pass, setHidden } from './on-page.ts'
import { openPage, surveyRules } from './open-page.ts'

freshBrowser()

const button = surveyRules('button', { display: { kind: 'button' }, triggers: [{ on: 'page' }] })
const inline = surveyRules('inline', {
  display: { kind: 'inline', selector: '#reviews' },
  triggers: [{ on: 'page' }],
  frequency: 'untilAnswered',
})
const popover = surveyRules('popover', { frequency: 'once' })

describe('a side button', () => {
  test('is there from the page view on, beside a survey that comes up', async () => {
    const { heed, shown } = await openPage({ surveys: [button, popover], onePerSession: true })
    await pass()
    expect(shown.map(({ key }) => key)).toEqual(['button'])
    const result = heed.show('popover')
    await pass()
    expect(await result).toBe('shown')
  })

  test('lets no other survey come up while its form is open', async () => {
    const { heed, shown } = await openPage({ surveys: [button, popover] })
    await pass()
    shown[0]?.host.occupy(true)
    const busy = heed.show('popover')
    await pass()
    expect(await busy).toBe('busy')
    heed.close()
    await pass()
    expect(shown[0]?.closed).toEqual([false])
    const free = heed.show('popover')
    await pass()
    expect(await free).toBe('shown')
  })

  test('stays on the pages where it belongs, and leaves the others without a word', async () => {
    const dismissed: string[] = []
    const here = { ...button, urls: { include: ['/shop*'] } }
    history.replaceState({}, '', '/shop/1')
    const { heed, shown } = await openPage({ surveys: [here] })
    heed.on('dismissed', () => dismissed.push('dismissed'))
    await pass()
    history.pushState({}, '', '/shop/2')
    await pass()
    expect(shown).toHaveLength(1)
    expect(shown[0]?.closed).toEqual([])
    history.pushState({}, '', '/about')
    await pass()
    expect(shown[0]?.closed).toEqual([true])
    history.pushState({}, '', '/shop/3')
    await pass()
    expect(shown).toHaveLength(2)
    heed.destroy()
    await pass()
    expect(shown[1]?.closed).toEqual([true])
    expect(dismissed).toEqual([])
  })

  test('takes a "never" of its visitor for all surveys', async () => {
    const { heed, shown } = await openPage({ surveys: [button, popover] })
    await pass()
    shown[0]?.host.report('shown')
    shown[0]?.host.snooze(10_000)
    await pass()
    const result = heed.show('popover')
    await pass()
    expect(await result).toBe('ineligible')
  })

  test('neither counts as the display of this visit nor hides behind it', async () => {
    const { heed, shown } = await openPage({
      surveys: [button, popover],
      onePerSession: true,
      cooldownDays: 30,
    })
    await pass()
    shown[0]?.host.occupy(true)
    shown[0]?.host.report('shown')
    shown[0]?.host.occupy(false)
    await pass()
    const first = heed.show('popover')
    await pass()
    expect(await first).toBe('shown')
    shown[1]?.host.closed()
    history.pushState({}, '', '/next')
    await pass()
    expect(shown[0]?.closed).toEqual([])
  })
})

describe('an inline survey', () => {
  test('waits for its element, however late it comes', async () => {
    const { shown } = await openPage({ surveys: [inline] })
    await pass(60_000)
    expect(shown).toEqual([])
    document.body.append(Object.assign(document.createElement('div'), { id: 'reviews' }))
    await pass()
    expect(shown.map(({ key }) => key)).toEqual(['inline'])
  })

  test('is no longer waited for on the next page', async () => {
    const { heed, shown } = await openPage({ surveys: [{ ...inline, urls: { include: ['/'] } }] })
    await pass()
    history.pushState({}, '', '/other')
    await pass()
    document.body.innerHTML = '<div id="reviews"></div>'
    await pass()
    expect(shown).toEqual([])
    heed.destroy()
  })

  test('comes back when the page replaces its element, and not when its visitor has closed it', async () => {
    document.body.innerHTML = '<div id="reviews"></div>'
    const { shown } = await openPage({ surveys: [inline] })
    await pass()
    document.body.replaceChildren()
    shown[0]?.host.closed()
    await pass()
    expect(shown).toHaveLength(1)
    document.body.innerHTML = '<div id="reviews"></div>'
    await pass()
    expect(shown).toHaveLength(2)
    shown[1]?.host.report('dismissed')
    shown[1]?.host.closed()
    await pass()
    expect(shown).toHaveLength(2)
  })

  test('with something that is no selector harms nothing', async () => {
    const broken = { ...inline, display: { kind: 'inline', selector: '##' } as const }
    const { heed, shown } = await openPage({ surveys: [broken, popover] })
    await pass()
    heed.show('popover')
    await pass()
    expect(shown.map(({ key }) => key)).toEqual(['popover'])
  })
})

describe('what hinders a survey', () => {
  test('a hidden tab: it shows once the tab is looked at', async () => {
    setHidden(true)
    const { heed, shown } = await openPage({ surveys: [popover] })
    const result = heed.show('popover')
    await pass(60_000)
    expect(shown).toEqual([])
    setHidden(false)
    await pass()
    expect(await result).toBe('shown')
  })

  test('a modal dialog of the page, even one that is removed without a word', async () => {
    document.body.innerHTML = '<dialog open data-modal></dialog>'
    const { heed, shown } = await openPage({ surveys: [popover] })
    heed.show('popover')
    await pass(5_000)
    expect(shown).toEqual([])
    document.querySelector('dialog')?.remove()
    await pass()
    expect(shown).toHaveLength(1)
  })

  test('ends with the page view that it waited in', async () => {
    document.body.innerHTML = '<dialog data-modal></dialog>'
    const { shown } = await openPage({
      surveys: [{ ...popover, triggers: [{ on: 'page' }], urls: { include: ['/'] } }],
    })
    await pass()
    history.pushState({}, '', '/other')
    document.body.replaceChildren()
    await pass()
    expect(shown).toEqual([])
  })
})

describe('show()', () => {
  test('hands presets and what the page told to the panel', async () => {
    const { heed, shown } = await openPage({ surveys: [popover] })
    heed.set({ product: { name: 'Tea' } })
    heed.show('popover', { force: true, answers: { nps: 9 } })
    await pass()
    expect(shown[0]?.options.answers).toEqual({ nps: 9 })
    expect(shown[0]?.options.context).toMatchObject({ product: { name: 'Tea' } })
  })

  test('gives the moment of an event to the first of the rules, whatever they ask for', async () => {
    const first = surveyRules('first', {
      triggers: [{ on: 'event', name: 'purchase' }],
      audience: { 'cart.value': { $gte: 50 } },
    })
    const second = surveyRules('second', { triggers: [{ on: 'event', name: 'purchase' }] })
    const { heed, shown } = await openPage({ surveys: [first, second] })
    heed.set({ cart: { value: 60 } })
    heed.track('purchase')
    await pass()
    expect(shown.map(({ key }) => key)).toEqual(['first'])
    heed.close()
    heed.set({ cart: { value: 40 } })
    heed.track('purchase')
    await pass()
    expect(shown.map(({ key }) => key)).toEqual(['first', 'second'])
  })
})
