import { expect, it } from 'vitest'
import { readBoard } from '../src/board.ts'
import { fakeApi, response, survey } from './fake-api.ts'

it('hides a score that rests on fewer than ten answers and still says how many there are', async () => {
  const [card] = (await readBoard(fakeApi(9))).cards
  expect(card?.score).toEqual({ score: null, interval: null, n: 9, confidence: 'none' })
})

it('shows a score from ten answers on with its interval and count, to be drawn grey', async () => {
  const [card] = (await readBoard(fakeApi(10))).cards
  expect(card?.score).toEqual({ score: 80, interval: [49, 94.3], n: 10, confidence: 'low' })
  expect((await readBoard(fakeApi(30))).cards[0]?.score.confidence).toBe('ok')
})

it('lists the funnel in the order of a display', async () => {
  const [card] = (await readBoard(fakeApi(11))).cards
  expect(card?.funnel).toEqual([
    ['shown', 20],
    ['seen', 18],
    ['started', 12],
    ['answered', 11],
    ['completed', 9],
  ])
})

it('words an option, keeps what a visitor wrote as it is, and tells the two apart', async () => {
  const comment = '<b>크기</b> & "so"'
  const board = await readBoard(
    fakeApi(1, [
      response({ csat: 2, missing: 'size', comment }),
      response({ csat: 1, missing: { other: 'lid' } }),
    ]),
  )
  expect(board.answers[0]).toMatchObject({
    survey: 'Product page',
    metric: 'csat',
    value: 2,
    locale: 'ko',
    device: 'phone',
    parts: [
      { question: 'What was missing?', said: 'The size', own: false },
      { question: 'Anything else?', said: comment, own: true },
    ],
  })
  expect(board.answers[1]?.parts).toEqual([{ question: 'What was missing?', said: 'lid', own: true }])
})

it('sends the page nobody’s identity', async () => {
  const text = JSON.stringify(await readBoard(fakeApi(1, [response({ csat: 5 })])))
  expect(text).not.toMatch(/a-visitor|somebody@example|shop\.example/)
})

it('leaves out surveys without a score and archived ones, and shows answers to them all the same', async () => {
  const [, single] = survey.questions
  const unscored = { ...survey, id: 'srv_2', questions: single ? [single] : [] }
  const archived = { ...survey, status: 'archived' as const }
  const board = await readBoard(
    fakeApi(1, [response({ missing: 'size' }, { surveyId: 'srv_2' })], [archived, unscored]),
  )
  expect(board.cards).toEqual([])
  expect(board.answers[0]).toMatchObject({ metric: null, value: null, parts: [{ said: 'The size' }] })
})
