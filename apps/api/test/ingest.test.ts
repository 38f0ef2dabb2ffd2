import type { ItemAck, ResponsePage, ResponseRecord, Survey } from '@heed/contract'
import { createProject, setSurveyStatus } from '@heed/db'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importSurvey } from '../src/publish/import-survey.ts'
import { definition } from './support/definition.ts'
import { newResponseId, response, startApi, type TestApi } from './support/start-api.ts'

let api: TestApi
let survey: Survey

beforeAll(async () => {
  api = await startApi({ settings: { queryKeys: ['lang'] } })
  survey = await api.publish()
})
afterAll(() => api.close())

/** What became of one item that was sent alone. */
async function sendOne(item: unknown): Promise<ItemAck | undefined> {
  const { status, reply } = await api.send([item])
  expect(status).toBe(200)
  return reply.items[0]
}

async function stored(id: string): Promise<ResponseRecord | undefined> {
  const { status, reply } = await api.call<ResponseRecord>('GET', `/responses/${id}`)
  return status === 200 ? reply : undefined
}

describe('an answer', () => {
  test('is acknowledged with its id and is then in the database, whole', async () => {
    const item = response(survey, {
      locale: 'ko',
      ageMs: 1200,
      visitor: 'v1',
      subject: 'customer-1',
      answers: { nps: 3, why: '배송이 늦었어요' },
      completed: true,
      timing: { shownMs: 0, completedMs: 8000.4 },
      context: {
        url: 'https://shop.example/ko/orders/1?lang=ko&email=a%40b.c#top',
        referrer: 'https://search.example/?q=mail@example.com',
        device: 'phone',
        viewport: [390, 844.5],
        timeZone: 'Asia/Seoul',
        trigger: 'event',
        event: { name: 'purchase', value: 129.9, currency: 'EUR', itemIds: ['sku1'] },
        attributes: { vip: true },
        variant: { exp1: 'b' },
      },
    })
    expect(await sendOne(item)).toEqual({ id: item.id, seq: 1, status: 'stored' })
    expect(await stored(item.id)).toMatchObject({
      surveyId: survey.id,
      surveyKey: survey.key,
      version: 1,
      locale: 'ko',
      country: 'KR',
      visitor: 'v1',
      subject: 'customer-1',
      subjectVerified: false,
      completed: true,
      answers: { nps: 3, why: '배송이 늦었어요' },
      timing: { shownMs: 0, completedMs: 8000 },
      context: {
        url: 'https://shop.example/ko/orders/1?lang=ko',
        referrer: 'https://search.example',
        viewport: [390, 845],
        event: { name: 'purchase', value: 129.9, currency: 'EUR', itemIds: ['sku1'] },
        attributes: { vip: true },
        variant: { exp1: 'b' },
      },
    })
  })

  test('sent 100 times at once is one row, stored once and a duplicate 99 times', async () => {
    const item = response(survey)
    const replies = await Promise.all(Array.from({ length: 100 }, () => sendOne(item)))
    const statuses = replies.map((ack) => ack?.status).sort()
    expect(statuses.filter((status) => status === 'stored')).toHaveLength(1)
    expect(statuses.filter((status) => status === 'duplicate')).toHaveLength(99)
    const { reply } = await api.call<ResponsePage>('GET', `/responses?limit=200`)
    expect(reply.data.filter(({ id }) => id === item.id)).toHaveLength(1)
  })

  test('grows with a higher seq, and not with the same or a lower one', async () => {
    const item = response(survey, { seq: 2, answers: { nps: 5 } })
    await sendOne(item)
    expect(await sendOne({ ...item, seq: 1, answers: { nps: 1 } })).toMatchObject({ status: 'duplicate' })
    expect(await sendOne({ ...item, seq: 2, answers: { nps: 2 } })).toMatchObject({ status: 'duplicate' })
    expect(await sendOne({ ...item, seq: 3, answers: { nps: 5, why: 'late' } })).toMatchObject({
      status: 'stored',
    })
    expect(await stored(item.id)).toMatchObject({ seq: 3, answers: { nps: 5, why: 'late' } })
  })

  test('never changes once it is completed', async () => {
    const item = response(survey, { completed: true })
    await sendOne(item)
    expect(await sendOne({ ...item, seq: 2, answers: { nps: 0 } })).toMatchObject({ status: 'duplicate' })
    expect(await stored(item.id)).toMatchObject({ seq: 1, answers: { nps: 9 } })
  })

  test('is dated by the database, its claimed age clamped to 7 days', async () => {
    const year = 365 * 86_400_000
    const old = response(survey, { ageMs: year })
    const future = response(survey, { ageMs: -year })
    await api.send([old, future])
    const ageOf = (record: ResponseRecord | undefined) =>
      Date.parse(record?.receivedAt ?? '') - Date.parse(record?.occurredAt ?? '')
    expect(ageOf(await stored(old.id))).toBe(7 * 86_400_000)
    expect(ageOf(await stored(future.id))).toBe(0)
  })

  test('is kept without what the contract does not know, addresses above all', async () => {
    const item = response(survey, {
      ip: '203.0.113.7',
      userAgent: 'Mozilla',
      receivedAt: '2001-01-01T00:00:00Z',
      context: { ip: '203.0.113.7', userAgent: 'Mozilla', device: 'toaster', url: 'javascript:alert(1)' },
    })
    expect(await sendOne(item)).toMatchObject({ status: 'stored' })
    const record = await stored(item.id)
    expect(record?.context).toEqual({})
    expect(JSON.stringify(record)).not.toMatch(/203\.0\.113|Mozilla|2001-01-01/)
  })

  test('of a test display is apart from the real ones', async () => {
    const item = response(survey, { test: true })
    await sendOne(item)
    expect(await stored(item.id)).toMatchObject({ test: true })
  })
})

describe('what is refused, each by name and without harm to its neighbours', () => {
  const cases: [name: string, changes: Record<string, unknown>, code: string, detail: RegExp][] = [
    [
      'a score of 11',
      { answers: { nps: 11 } },
      'invalid_answer',
      /^answers\.nps: expected an integer from 0 to 10, got 11$/,
    ],
    ['a score as text', { answers: { nps: '9' } }, 'invalid_answer', /^answers\.nps: expected an integer/],
    [
      'a comment too long',
      { answers: { why: 'x'.repeat(201) } },
      'invalid_answer',
      /^answers\.why: .* 200 characters, got a text of 201/,
    ],
    [
      'an unknown question',
      { answers: { colour: 'red' } },
      'unknown_question',
      /^answers\.colour: .*nps, why$/,
    ],
    [
      'NUL in an answer',
      { answers: { why: 'a\u0000b' } },
      'forbidden_character',
      /^answers\.why: contains NUL/,
    ],
    ['half a surrogate pair', { answers: { why: '\ud83d' } }, 'forbidden_character', /^answers\.why/],
    [
      'NUL deep in the context',
      { context: { attributes: { list: [{ a: '\u0000' }] } } },
      'forbidden_character',
      /^context\.attributes\.list\.0\.a/,
    ],
    [
      'NUL in a member name',
      { context: { attributes: { 'a\u0000': 1 } } },
      'forbidden_character',
      /^a member name of context\.attributes/,
    ],
    ['NUL in a member nobody reads', { whatever: '\u0000' }, 'forbidden_character', /^whatever/],
    ['no id', { id: undefined }, 'invalid_item', /^id: missing/],
    ['an id that is none', { id: 'mine' }, 'invalid_item', /^id: expected UUIDv7/],
    ['an upper-case id', { id: newResponseId().toUpperCase() }, 'invalid_item', /^id: expected UUIDv7/],
    ['a seq of 0', { seq: 0 }, 'invalid_item', /^seq: expected an integer from 1 to/],
    ['a fraction as seq', { seq: 1.5 }, 'invalid_item', /^seq/],
    ['a version beyond an integer', { version: 2 ** 40 }, 'invalid_item', /^version/],
    ['answers as a list', { answers: [9] }, 'invalid_item', /^answers: expected an object, got a list/],
    ['a null answer', { answers: { nps: null } }, 'invalid_item', /^answers\.nps/],
    ['a context that is none', { context: 'x' }, 'invalid_item', /^context: expected an object/],
    ['a visitor too long', { visitor: 'v'.repeat(129) }, 'invalid_item', /^visitor/],
    ['a locale that is none', { locale: '../../etc' }, 'invalid_item', /^locale: expected BCP 47/],
    ['an unknown survey', { surveyId: 'srv_000000000000' }, 'unknown_survey', /^surveyId/],
    ['a survey id that is none', { surveyId: "srv_' or 1=1 --" }, 'unknown_survey', /^surveyId/],
    ['an unknown version', { version: 99 }, 'unknown_version', /^version: .* 99$/],
    ['an unknown type', { type: 'gossip' }, 'invalid_item', /^type: expected one of response, display, loss/],
  ]

  test.each(cases)('%s', async (_name, changes, code, detail) => {
    const good = response(survey)
    const bad = { ...response(survey), ...changes }
    const { status, reply } = await api.send([bad, good])
    expect(status).toBe(200)
    expect(reply.items[0]).toMatchObject({ status: 'refused', code, detail: expect.stringMatching(detail) })
    expect(reply.items[1]).toEqual({ id: good.id, seq: 1, status: 'stored' })
    expect(await stored(good.id)).toBeDefined()
    if (typeof bad.id === 'string') expect(await stored(bad.id)).toBeUndefined()
  })

  test.each([5, null, 'x', [], {}])('%j instead of an item', async (item) => {
    expect(await sendOne(item)).toMatchObject({ status: 'refused', code: 'invalid_item' })
  })

  test('a survey that was never published', async () => {
    const { reply } = await api.call<Survey>('POST', '/surveys', { ...survey, ...draftOnly('never') })
    expect(await sendOne(response({ id: reply.id, version: 1 }))).toMatchObject({ code: 'unknown_survey' })
  })

  test('a survey of another project', async () => {
    const other = await createProject(api.db, { name: 'Other' })
    const theirs = await importSurvey(api.db, other.project.id, definition(), { publish: true })
    expect(await sendOne(response(theirs))).toMatchObject({ code: 'unknown_survey' })
  })

  test('many bad items and one good one in one request', async () => {
    const good = response(survey)
    const bad = Array.from({ length: 99 }, () => response(survey, { answers: { nps: 99 } }))
    const { reply } = await api.send([...bad, good])
    expect(reply.items.slice(0, 99).every(({ status }) => status === 'refused')).toBe(true)
    expect(reply.items[99]).toMatchObject({ status: 'stored' })
  })
})

test('a row that only the database can refuse fails alone', async () => {
  // Our checks let nothing through that PostgreSQL refuses, so a score is spoilt on its way to the queue.
  const items = Array.from({ length: 20 }, () => response(survey))
  const spoilt = items[7]
  const { batcher } = api.app.services
  const submit = batcher.submit.bind(batcher)
  batcher.submit = (rows, bytes) => {
    for (const { row } of rows) if (row.id === spoilt?.id && 'nps' in row) row.nps = 40_000
    return submit(rows, bytes)
  }
  try {
    const { reply } = await api.send(items)
    expect(reply.items.filter(({ status }) => status === 'stored')).toHaveLength(19)
    expect(reply.items[7]).toMatchObject({ id: spoilt?.id, status: 'refused', code: 'data_error' })
  } finally {
    batcher.submit = submit
  }
})

describe('versions of a survey', () => {
  test('an answer is checked against the version that was shown, an older one too', async () => {
    const first = await api.publish({ key: 'versions' })
    const questions = [
      { key: 'ease', kind: 'ces' as const, metric: 'ces' as const, text: { en: 'Easy?', ko: '쉬웠나요?' } },
    ]
    const second = await api.publish({ key: 'versions', questions })
    expect(second).toMatchObject({ id: first.id, version: 2 })
    const old = response(first)
    const { reply } = await api.send([
      old,
      response(first, { answers: { ease: 7 } }),
      response(second, { answers: { ease: 7 } }),
      response(second, { answers: { nps: 7 } }),
    ])
    expect(reply.items.map(({ status, code }) => code ?? status)).toEqual([
      'stored',
      'unknown_question',
      'stored',
      'unknown_question',
    ])
    expect(await stored(old.id)).toMatchObject({ version: 1 })
  })
})

describe('a closed survey', () => {
  const minute = 60_000

  test('takes what was begun while it was live, and nothing else', async () => {
    const closed = await api.publish({ key: 'closed' })
    await api.call('POST', `/surveys/${closed.id}/pause`)
    const { reply } = await api.send([
      response(closed),
      response(closed, { ageMs: 30_000 }),
      response(closed, { displayAgeMs: 5 * minute }),
      response(closed, { ageMs: 5 * minute }),
      display(closed, { state: 'shown' }),
      display(closed, { state: 'shown', ageMs: minute }),
      display(closed, { state: 'completed' }),
    ])
    expect(reply.items.map(({ status, code }) => code ?? status)).toEqual([
      'survey_closed',
      'survey_closed',
      'stored',
      'stored',
      'survey_closed',
      'stored',
      'stored',
    ])
  })

  test('takes nothing a week after it closed', async () => {
    const closed = await api.publish({
      key: 'closed-long-ago',
      endAt: new Date(Date.now() - 8 * 86_400_000).toISOString(),
    })
    expect(await sendOne(response(closed, { ageMs: 30 * 86_400_000 }))).toMatchObject({
      code: 'survey_closed',
    })
  })

  test('is one whose end has passed, too', async () => {
    const ended = await api.publish({ key: 'ended', endAt: new Date(Date.now() - minute).toISOString() })
    expect(await sendOne(response(ended))).toMatchObject({ code: 'survey_closed' })
    expect(await sendOne(response(ended, { displayAgeMs: 2 * minute }))).toMatchObject({ status: 'stored' })
  })

  test('takes answers again after it was resumed', async () => {
    const paused = await api.publish({ key: 'resumed' })
    await api.call('POST', `/surveys/${paused.id}/pause`)
    expect(await sendOne(response(paused))).toMatchObject({ code: 'survey_closed' })
    await api.call('POST', `/surveys/${paused.id}/resume`)
    expect(await sendOne(response(paused))).toMatchObject({ status: 'stored' })
  })

  test('closed by another process is noticed without being told', async () => {
    const elsewhere = await api.publish({ key: 'closed-elsewhere' })
    await setSurveyStatus(api.db, api.project.id, elsewhere.id, 'paused')
    expect(await sendOne(response(elsewhere))).toMatchObject({ code: 'survey_closed' })
  })
})

describe('displays and losses', () => {
  test('a display is acknowledged with its state, any number of times', async () => {
    const shown = display(survey, { state: 'shown' })
    const seen = { ...shown, state: 'seen' }
    const { reply } = await api.send([shown, seen, shown])
    expect(reply.items).toEqual([
      { id: shown.id, state: 'shown', status: 'stored' },
      { id: shown.id, state: 'seen', status: 'stored' },
      { id: shown.id, state: 'shown', status: 'stored' },
    ])
  })

  test('an unknown state is refused by name', async () => {
    expect(await sendOne(display(survey, { state: 'liked' }))).toMatchObject({
      code: 'invalid_item',
      detail: expect.stringMatching(/^state: expected one of eligible, shown/),
    })
  })

  test('a loss counts once however often it is sent', async () => {
    const loss = { type: 'loss', id: newResponseId(), reason: 'quota', count: 3 }
    expect(await sendOne(loss)).toEqual({ id: loss.id, status: 'stored' })
    expect(await sendOne(loss)).toEqual({ id: loss.id, status: 'stored' })
    const { reply } = await api.call<{ losses: Record<string, number> }>(
      'GET',
      `/funnel?survey=${survey.key}`,
    )
    expect(reply.losses).toEqual({ quota: 3 })
  })

  test('a loss without an id is taken too', async () => {
    expect(await sendOne({ type: 'loss', reason: 'expired', count: 1 })).toEqual({ status: 'stored' })
  })
})

function display(of: Pick<Survey, 'id' | 'version'>, changes: Record<string, unknown>) {
  return { type: 'display', id: newResponseId(), surveyId: of.id, version: of.version, ...changes }
}

/** Turns a survey as the API returns it back into a new definition. */
function draftOnly(key: string) {
  const nothing = undefined
  return {
    key,
    id: nothing,
    status: nothing,
    version: nothing,
    createdAt: nothing,
    updatedAt: nothing,
    warnings: nothing,
  }
}
