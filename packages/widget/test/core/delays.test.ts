// @vitest-environment happy-dom
import { describe, expect, test } from 'vitest'
import { freshBrowser, pass, setHidden } from './on-page.ts'
import { closePages, openPage, surveyRules } from './open-page.ts'

freshBrowser()

const minute = 60_000
const survey = surveyRules('after', {
  triggers: [{ on: 'event', name: 'purchase', delayMs: 10 * minute }],
  cancelOn: [{ name: 'refund' }],
})
const rules = { surveys: [survey] }
const kept = () => JSON.parse(localStorage.getItem('heed.pk_1') ?? '{}')

/** The visitor goes to another page: this one is gone. */
const leave = async () => {
  window.dispatchEvent(new Event('pagehide'))
  const storage = { ...localStorage }
  closePages()
  localStorage.clear()
  for (const [name, text] of Object.entries(storage)) localStorage.setItem(name, text as string)
  await pass(0)
}

describe('a delay', () => {
  test('goes on over page loads, where something may be kept', async () => {
    const first = await openPage(rules, { consent: 'granted' })
    first.heed.track('purchase', { value: '19.90', plan: 'gift', customer: { phone: 1 } })
    await pass(4 * minute)
    await leave()
    expect(kept().pending.srv_after.event).toEqual({ name: 'purchase', value: 19.9, plan: 'gift' })
    const second = await openPage(rules, { consent: 'granted' })
    await pass(5 * minute)
    expect(second.shown).toEqual([])
    await pass(1.1 * minute)
    expect(second.shown.map(({ key }) => key)).toEqual(['after'])
    expect(kept().pending).toBeUndefined()
  })

  test('keeps of an event only canonical words', async () => {
    ;(window as { dataLayer?: unknown[] }).dataLayer = [
      { event: 'purchase', ecommerce: { value: '5' }, email: 'a@b.example' },
    ]
    await openPage(rules, { consent: 'granted' })
    await pass(minute)
    setHidden(true)
    expect(localStorage.getItem('heed.pk_1')).not.toContain('a@b')
    expect(kept().pending.srv_after.event).toEqual({ name: 'purchase', value: 5 })
  })

  test('ends with its page where nothing may be kept', async () => {
    const first = await openPage(rules)
    first.heed.track('purchase')
    await pass(minute)
    await leave()
    expect(localStorage).toHaveLength(0)
    const second = await openPage(rules)
    await pass(20 * minute)
    expect(second.shown).toEqual([])
  })

  test.each(['before it', 'on the next page'])('is over when its event is called off %s', async (when) => {
    const first = await openPage(rules, { consent: 'granted' })
    first.heed.track('purchase')
    await pass(minute)
    if (when === 'before it') first.heed.track('refund')
    await pass()
    await leave()
    const second = await openPage(rules, { consent: 'granted' })
    if (when === 'on the next page') second.heed.track('refund')
    await pass(20 * minute)
    expect(second.shown).toEqual([])
  })

  test('goes on from route to route, while that of a page ends with it', async () => {
    const onPage = surveyRules('page', {
      triggers: [{ on: 'page', delayMs: minute }],
      urls: { include: ['/'] },
    })
    const { heed, shown } = await openPage({ surveys: [survey, onPage] })
    heed.track('purchase')
    await pass()
    history.pushState({}, '', '/next')
    await pass(11 * minute)
    expect(shown.map(({ key }) => key)).toEqual(['after'])
  })

  test('that ended long ago is no moment any more', async () => {
    const first = await openPage(rules, { consent: 'granted' })
    first.heed.track('purchase')
    await pass(minute)
    await leave()
    await pass(45 * minute)
    const second = await openPage(rules, { consent: 'granted' })
    await pass(minute)
    expect(second.shown).toEqual([])
    expect(kept().pending).toBeUndefined()
  })

  test('shows once, though its tab was hidden and looked at again', async () => {
    const { heed, shown } = await openPage(rules, { consent: 'granted' })
    heed.track('purchase')
    await pass(minute)
    setHidden(true)
    await pass(20 * minute)
    expect(shown).toEqual([])
    setHidden(false)
    await pass(minute)
    heed.close()
    await pass(20 * minute)
    expect(shown).toHaveLength(1)
  })
})
