/** What a developer's compiler says of `@heed/widget`; the packed package is held to the same file. */
import type { SurveyDefinition } from '@heed/widget'
import { type Answers, defineSurvey, init, on, show, track } from '@heed/widget'
import { HeedSurvey, useHeed, useHeedEvent } from '@heed/widget/react'
import { explainSurvey, opensOn, renderSurvey } from '@heed/widget/testing'

declare module '@heed/widget' {
  interface HeedEvents {
    quiz_finished: { score: number; topic?: string }
  }
}

const nps = defineSurvey({
  key: 'post-purchase-nps',
  name: 'After the order',
  triggers: [{ on: 'event', name: 'quiz_finished', where: { score: { $gte: 5 } } }, { on: 'page' }],
  locales: ['en', 'ko'],
  display: { kind: 'popover' },
  questions: [
    {
      key: 'nps',
      kind: 'nps',
      text: { en: 'How likely?', ko: '얼마나?' },
      next: [{ when: { $lte: 6 }, go: 'why' }, { go: 'end' }],
    },
    {
      key: 'where',
      kind: 'single',
      text: { en: 'Where?', ko: '어디서?' },
      other: true,
      options: [
        { key: 'shop', text: { en: 'Shop', ko: '가게' } },
        { key: 'web', text: { en: 'Web', ko: '웹' } },
      ],
    },
    { key: 'why', kind: 'text', text: { en: 'Why?', ko: '왜?' } },
    { key: 'note', kind: 'message', text: { en: 'Bye', ko: '안녕' } },
  ],
})

// What it gives is what `heed survey import` takes.
export const definition: SurveyDefinition = nps

export const answers: Answers<typeof nps> = { nps: 9, where: { other: 'fair' }, why: 'quick' }
export const byKey: Answers<typeof nps> = { where: 'web' }
// @ts-expect-error eleven is no answer to a question from 0 to 10
export const tooHigh: Answers<typeof nps> = { nps: 11 }
// @ts-expect-error no such option
export const elsewhere: Answers<typeof nps> = { where: 'moon' }
// @ts-expect-error a message is not answered
export const toMessage: Answers<typeof nps> = { note: 'x' }

const question = { key: 'q', kind: 'text', text: { en: 'Why?' } } as const
const base = { key: 'x', name: 'X', locales: ['en'], display: { kind: 'popover' } } as const
defineSurvey({
  ...base,
  locales: ['en'],
  triggers: [{ on: 'event', name: 'purchase' }],
  questions: [question],
})
defineSurvey({
  ...base,
  locales: ['en'],
  // @ts-expect-error an event that nothing sends
  triggers: [{ on: 'event', name: 'purchse' }],
  questions: [question],
})
defineSurvey({
  ...base,
  locales: ['en'],
  triggers: [],
  // @ts-expect-error there is no question of this key
  questions: [{ ...question, next: [{ go: 'elsewhere' }] }],
})
defineSurvey({
  ...base,
  locales: ['en'],
  triggers: [],
  questions: [
    { ...question, key: 'first' },
    // @ts-expect-error a survey only goes forward
    { ...question, next: [{ go: 'first' }] },
  ],
})
// @ts-expect-error the question lacks a language that the survey is offered in
defineSurvey({ ...base, locales: ['en', 'ko'], triggers: [], questions: [question] })

track('purchase', { value: 129.9, currency: 'EUR', transaction_id: 'T1', items: [{ item_id: 'sku1' }] })
track<'purchase'>('purchase')
track('search', { search_term: 'lamp' })
track('friction', { source: 'checkout', code: 'card_declined' })
track('quiz_finished', { score: 7 })
// @ts-expect-error a name that no survey could wait for
track('purchse')
// @ts-expect-error an amount without its currency
track('purchase', { value: 129.9 })
// @ts-expect-error an amount is a number
track('purchase', { value: '129.90', currency: 'EUR' })
// @ts-expect-error GA4 has no such word
track('purchase', { orderId: 'T1' })
// @ts-expect-error `search_term` is what a search is about
track('search')
// @ts-expect-error a score is a number
track('quiz_finished', { score: 'high' })

init({ key: 'pk_1', host: 'https://feedback.example.com' })
// @ts-expect-error an app has to say where its server is
init({ key: 'pk_1' })

show('any-key', { force: true, answers: { anything: 3 } })
show(nps, { answers: { nps: 9 } })
// @ts-expect-error eleven is no answer to a question from 0 to 10
show(nps, { answers: { nps: 11 } })

on('completed', ({ surveyKey, id }) => `${surveyKey} ${id.length}`)
// @ts-expect-error no display state
on('finished', () => {})

export function Page() {
  const heed = useHeed({ key: 'pk_1', host: 'https://feedback.example.com' })
  useHeedEvent('stored', ({ id }) => heed.track('quiz_finished', { score: id.length }))
  return HeedSurvey({ surveyKey: nps.key, onResult: (result) => result === 'shown' })
}

export async function inATest() {
  const survey = await renderSurvey(nps, { lang: 'ko' })
  await survey.answer('nps', 3)
  // @ts-expect-error eleven is no answer to a question from 0 to 10
  await survey.answer('nps', 11)
  // @ts-expect-error there is no question of this key
  await survey.answer('elsewhere', 1)
  return [
    explainSurvey(nps, { context: { cart: { value: 20 } } }).mayShow,
    opensOn(nps, 'quiz_finished', { score: 7 }),
  ]
}
