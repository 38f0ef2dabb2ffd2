// @vitest-environment happy-dom
import { type PackedProject, packedProject } from '@heed/test-stack/packed-project'
import { defineSurvey } from '@heed/widget'
import type * as testing from '@heed/widget/testing'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'

let project: PackedProject
let { renderSurvey, serveSurveys, explainSurvey, opensOn } = {} as typeof testing
let heed: typeof import('@heed/widget')

beforeAll(async () => {
  project = await packedProject({ links: {} })
  ;({ renderSurvey, serveSurveys, explainSurvey, opensOn } =
    await project.import<typeof testing>('@heed/widget/testing'))
  heed = await project.import('@heed/widget')
})
afterAll(() => project.remove())

const en = (text: string) => ({ en: text })
const survey = defineSurvey({
  key: 'after-order',
  name: 'After the order',
  triggers: [{ on: 'event', name: 'purchase', where: { value: { $gte: 50 } } }],
  audience: { 'cart.value': { $lt: 50 } },
  locales: ['en'],
  display: { kind: 'popover' },
  questions: [
    {
      key: 'nps',
      kind: 'nps',
      text: en('How likely are you to recommend us?'),
      required: true,
      next: [{ when: { $lte: 6 }, go: 'why' }, { go: 'praise' }],
    },
    { key: 'why', kind: 'text', text: en('Why?'), next: [{ go: 'end' }] },
    { key: 'praise', kind: 'text', text: en('Why?') },
  ],
})

const every = defineSurvey({
  key: 'every-kind',
  name: 'Every kind',
  triggers: [{ on: 'manual' }],
  locales: ['en'],
  display: { kind: 'popover' },
  questions: [
    { key: 'csat', kind: 'csat', text: en('Happy?') },
    { key: 'ces', kind: 'ces', text: en('Easy?') },
    { key: 'gcr', kind: 'gcr', text: en('Done?') },
    { key: 'thumbs', kind: 'thumbs', text: en('Good?') },
    { key: 'rating', kind: 'rating', scale: 10, style: 'numbers', text: en('How good?') },
    {
      key: 'single',
      kind: 'single',
      text: en('Which?'),
      other: true,
      shuffle: true,
      options: [
        { key: 'a', text: en('Alpha') },
        { key: 'b', text: en('Beta') },
      ],
    },
    {
      key: 'multiple',
      kind: 'multiple',
      text: en('Which ones?'),
      other: true,
      options: [
        { key: 'a', text: en('Alpha') },
        { key: 'b', text: en('Beta') },
        { key: 'c', text: en('Gamma') },
      ],
    },
    { key: 'email', kind: 'email', text: en('Your address?') },
    { key: 'consent', kind: 'consent', text: en('May we write?') },
    { key: 'note', kind: 'message', text: en('Almost there') },
    { key: 'text', kind: 'text', multiline: false, text: en('Anything about {product.name|it}?') },
  ],
})

/** Opens a survey for the length of one test. */
const render = async (...args: Parameters<typeof renderSurvey<typeof survey>>) => {
  const opened = await renderSurvey(...args)
  onTestFinished(() => opened.unmount())
  return opened
}

describe('a rendered survey', () => {
  it('is answered question by question, and tells what would be sent', async () => {
    const opened = await render(survey)
    expect([opened.text, opened.asked]).toEqual(['How likely are you to recommend us?', ['nps']])
    await opened.answer('nps', 3)
    expect(opened.asked).toEqual(['why'])
    await opened.answer('why', 'Too slow')
    expect([opened.text, opened.asked]).toEqual(['Thank you for your feedback', []])
    expect(opened.responses()).toEqual([
      expect.objectContaining({
        surveyId: 'srv_after-order',
        version: 1,
        locale: 'en',
        answers: { nps: 3, why: 'Too slow' },
        completed: true,
      }),
    ])
    const states = opened.sent().flatMap((item) => (item.type === 'display' ? [item.state] : []))
    expect(states).toEqual(expect.arrayContaining(['eligible', 'shown', 'started']))
  })

  it('leads elsewhere by another answer, and back', async () => {
    const opened = await render(survey)
    await opened.answer('nps', 9)
    expect(opened.asked).toEqual(['praise'])
    await opened.back()
    expect(opened.asked).toEqual(['nps'])
    await opened.answer('nps', 0)
    expect(opened.asked).toEqual(['why'])
    await opened.skip()
    expect(opened.responses()[0]?.answers).toEqual({ nps: 0 })
  })

  it('says which question is asked when another one is answered', async () => {
    const opened = await render(survey)
    await expect(opened.answer('why', 'x')).rejects.toThrow('asks "nps", not "why"')
    await expect(opened.answer('nps', 11 as 10)).rejects.toThrow('"nps" cannot be answered with 11')
  })

  it('closes as a visitor closes it', async () => {
    const opened = await render(survey)
    await opened.dismiss()
    expect([opened.isOpen, opened.responses()]).toEqual([false, []])
  })

  it('takes an answer of every kind', async () => {
    const opened = await renderSurvey(every, { context: { product: { name: 'the lamp' } } })
    onTestFinished(() => opened.unmount())
    await opened.answer('csat', 4)
    await opened.answer('ces', 7)
    await opened.answer('gcr', 'partly')
    await opened.answer('thumbs', 'up')
    await opened.answer('rating', 10)
    await opened.answer('single', 'b')
    await opened.answer('multiple', { keys: ['a', 'c'], other: 'Delta' })
    await opened.answer('email', 'nowhere')
    expect([opened.asked, opened.error]).toEqual([['email'], expect.stringContaining('address')])
    await opened.answer('email', 'a@shop.example')
    await opened.answer('consent', true)
    await opened.send()
    expect(opened.text).toContain('the lamp')
    await opened.answer('text', 'No')
    expect(opened.responses()[0]).toMatchObject({
      answers: {
        csat: 4,
        ces: 7,
        gcr: 'partly',
        thumbs: 'up',
        rating: 10,
        single: 'b',
        multiple: { keys: ['a', 'c'], other: 'Delta' },
        email: 'a@shop.example',
        consent: true,
        text: 'No',
      },
      completed: true,
    })
  })

  it('answers a short page as a whole', async () => {
    const opened = await renderSurvey({
      ...survey,
      display: { kind: 'popover' as const, layout: 'page' as const },
    })
    onTestFinished(() => opened.unmount())
    await opened.answer('nps', 10)
    expect(opened.asked).toEqual(['nps', 'praise'])
    await opened.answer('praise', 'Quick')
    expect(opened.responses()).toEqual([])
    await opened.send()
    expect(opened.responses()[0]?.answers).toEqual({ nps: 10, praise: 'Quick' })
  })

  it('opens from its teaser', async () => {
    const opened = await renderSurvey({
      ...survey,
      display: { kind: 'popover' as const, teaser: en('One question?') },
    })
    onTestFinished(() => opened.unmount())
    expect(opened.asked).toEqual([])
    await opened.open()
    expect(opened.asked).toEqual(['nps'])
  })
})

describe('an app under test', () => {
  it('meets its surveys by its own init and track', async () => {
    const server = serveSurveys([survey])
    onTestFinished(() => {
      heed.destroy()
      return server.close()
    })
    heed.init({ key: 'pk_app', host: 'https://feedback.example.com' })
    window.dispatchEvent(new Event('load'))
    heed.set({ cart: { value: 20 } })
    heed.track('purchase', { value: 40, currency: 'EUR' })
    heed.track('purchase', { value: 60, currency: 'EUR' })
    const opened = await server.opened(survey)
    await opened.answer('nps', 9)
    await opened.skip()
    expect(server.responses()[0]).toMatchObject({
      answers: { nps: 9 },
      context: { event: { name: 'purchase', value: 60 }, cart: { value: 20 } },
    })
  })

  it('keeps its other requests', async () => {
    const before = globalThis.fetch
    const asked: string[] = []
    globalThis.fetch = async (input) => {
      asked.push(`${input}`)
      return new Response('{}')
    }
    const server = serveSurveys([survey])
    await fetch('https://shop.example/v1/config/other')
    await server.close()
    globalThis.fetch = before
    expect(asked).toEqual(['https://shop.example/v1/config/other'])
  })
})

describe('a survey that is only explained', () => {
  it('tells the rule that stands against it', () => {
    const { mayShow, rules } = explainSurvey(survey, { context: { cart: { value: 80 } } })
    expect(mayShow).toBe(false)
    expect(rules.filter(({ pass }) => !pass)).toEqual([
      { rule: 'audience', pass: false, value: 80, wants: { 'cart.value': { $lt: 50 } } },
    ])
    expect(explainSurvey(survey, { context: { cart: { value: 20 } } }).mayShow).toBe(true)
  })

  it('knows the calendar and the project’s own rules', () => {
    const until = { ...survey, audience: {}, endAt: '2026-01-01T00:00:00Z' }
    const on = (now: string) => explainSurvey(until, { now: new Date(now) }).mayShow
    expect([on('2025-12-31T23:00:00Z'), on('2026-01-01T00:00:00Z')]).toEqual([true, false])
    const settings = { protectedUrls: ['*/checkout/*'] }
    const at = (url: string) => explainSurvey({ ...survey, audience: {} }, { url, settings }).mayShow
    expect([at('https://shop.example/'), at('https://shop.example/checkout/pay')]).toEqual([true, false])
  })

  it('opens on the events that it waits for', () => {
    expect(opensOn(survey, 'purchase', { value: 50, currency: 'EUR' })).toBe(true)
    expect(opensOn(survey, 'purchase', { value: 49, currency: 'EUR' })).toBe(false)
    expect(opensOn(survey, 'refund')).toBe(false)
  })
})
