import { randomUUID } from 'node:crypto'
import { type Batch, displayStateBits, newId, type ResponseRow, storeBatch } from '@heed/db'
import { sql } from 'kysely'
import type pg from 'pg'
import { expect, test } from 'vitest'
import { poolOf } from '../src/open-database.ts'
import { rowsOf } from './make-rows.ts'
import { useDatabase } from './use-database.ts'

const db = useDatabase({ poolSize: 10 })

const store = (batch: Partial<Batch>) =>
  storeBatch(db(), { responses: [], displays: [], losses: [], ...batch })

/** Whether each row was stored, in the order given. */
async function send(...responses: ResponseRow[]): Promise<boolean[]> {
  const { stored } = await store({ responses })
  return responses.map((row) => stored.has(row))
}

const read = (projectId: string) =>
  db().selectFrom('responses').selectAll().where('project_id', '=', projectId).orderBy('id').execute()

test('a response is stored with everything it carries, by the clock of the database', async () => {
  const rows = rowsOf(newId('prj'))
  const row = rows.response({
    ageMs: 60_000,
    locale: 'ko',
    device: 'phone',
    country: 'KR',
    page: 'https://shop.example/ko',
    event: 'purchase',
    trigger: 'event',
    visitor: 'v1',
    subject: 's1',
    subjectVerified: true,
    completed: true,
    nps: 9,
    gcr: 2,
    answers: { nps: 9, why: '빨라요 🚚' },
    timing: { shownMs: 0 },
    context: { attributes: { plan: 'gold' } },
  })
  expect(await send(row)).toEqual([true])
  const [stored] = await read(rows.projectId)
  expect(stored).toMatchObject({
    id: row.id,
    survey_id: rows.surveyId,
    seq: 1,
    locale: 'ko',
    device: 'phone',
    country: 'KR',
    subject_verified: true,
    completed: true,
    nps: 9,
    csat: null,
    gcr: 2,
    answers: { nps: 9, why: '빨라요 🚚' },
    timing: { shownMs: 0 },
    context: { attributes: { plan: 'gold' } },
    tags: [],
    excluded: false,
  })
  expect(Number(stored?.received_at) - Number(stored?.occurred_at)).toBe(60_000)
})

test('a higher seq replaces, the same or a lower one changes nothing', async () => {
  const rows = rowsOf(newId('prj'))
  const first = rows.response({ nps: 3 })
  expect(await send(first)).toEqual([true])
  expect(await send({ ...first, seq: 3, nps: 9 })).toEqual([true])
  expect(await send({ ...first, seq: 3, nps: 1 })).toEqual([false])
  expect(await send({ ...first, seq: 2, nps: 1 })).toEqual([false])
  expect(await read(rows.projectId)).toMatchObject([{ seq: 3, nps: 9 }])
})

test('growing keeps the first receipt, the time of the answer and what the marketer noted', async () => {
  const rows = rowsOf(newId('prj'))
  const first = rows.response({ ageMs: 5_000 })
  await send(first)
  await db()
    .updateTable('responses')
    .set({ note: 'call back', tags: ['vip'] })
    .where('id', '=', first.id)
    .execute()
  const [before] = await read(rows.projectId)
  await send({ ...first, seq: 2, ageMs: 0 })
  const [after] = await read(rows.projectId)
  expect(after).toMatchObject({ note: 'call back', tags: ['vip'], received_at: before?.received_at })
  expect(after?.occurred_at).toEqual(before?.occurred_at)
})

test('a completed response never changes', async () => {
  const rows = rowsOf(newId('prj'))
  const first = rows.response({ nps: 9, completed: true })
  expect(await send(first)).toEqual([true])
  expect(await send({ ...first, seq: 2, nps: 0, completed: false })).toEqual([false])
  expect(await send({ ...first, seq: 9, nps: 0 })).toEqual([false])
  expect(await read(rows.projectId)).toMatchObject([{ seq: 1, nps: 9, completed: true }])
})

test('nothing changes 24 hours after the first receipt', async () => {
  const rows = rowsOf(newId('prj'))
  const [young, old] = [rows.response(), rows.response()]
  await send(young, old)
  const age = (id: string, hours: number) =>
    db()
      .updateTable('responses')
      .set({ received_at: sql`now() - ${hours} * interval '1 hour'` })
      .where('id', '=', id)
      .execute()
  await age(young.id, 23.9)
  await age(old.id, 24.1)
  expect(await send({ ...young, seq: 2 }, { ...old, seq: 2 })).toEqual([true, false])
})

test('the id of a response cannot be used for another survey', async () => {
  const rows = rowsOf(newId('prj'))
  const first = rows.response({ nps: 9 })
  await send(first)
  expect(await send({ ...first, surveyId: 'srv_other', seq: 2, nps: 0 })).toEqual([false])
  expect(await read(rows.projectId)).toMatchObject([{ survey_id: rows.surveyId, nps: 9 }])
})

test('the same id in two projects is two responses', async () => {
  const [mine, theirs] = [rowsOf(newId('prj')), rowsOf(newId('prj'))]
  const row = mine.response({ nps: 9 })
  expect(await send(row, theirs.response({ id: row.id, nps: 1, seq: 5 }))).toEqual([true, true])
  expect(await send(theirs.response({ id: row.id, nps: 2, seq: 6 }))).toEqual([true])
  expect(await read(mine.projectId)).toMatchObject([{ nps: 9, seq: 1 }])
  expect(await read(theirs.projectId)).toMatchObject([{ nps: 2, seq: 6 }])
})

test('rows of one id within a batch come to what they would one after the other', async () => {
  const rows = rowsOf(newId('prj'))
  const one = rows.response({ id: '00000000-0000-4000-8000-000000000001' })
  const two = rows.response({ id: '00000000-0000-4000-8000-000000000002' })
  const stored = await send(
    one,
    { ...one, seq: 3, nps: 7 },
    { ...one, seq: 2, nps: 1 },
    two,
    { ...two, seq: 2, nps: 8, completed: true },
    { ...two, seq: 3, nps: 0 },
    { ...two },
  )
  expect(stored).toEqual([true, true, false, true, true, false, false])
  expect(await read(rows.projectId)).toMatchObject([
    { seq: 3, nps: 7 },
    { seq: 2, nps: 8, completed: true },
  ])
})

test('what is stored already is told from what is new in the same batch', async () => {
  const rows = rowsOf(newId('prj'))
  const [old, fresh] = [rows.response(), rows.response()]
  await send(old)
  expect(await send({ ...old }, fresh)).toEqual([false, true])
})

test('a hundred sends of one response at once store one row, and one is told so', async () => {
  const rows = rowsOf(newId('prj'))
  const row = rows.response({ nps: 10 })
  const sends = await Promise.all(Array.from({ length: 100 }, () => send({ ...row })))
  expect(sends.flat().filter(Boolean)).toHaveLength(1)
  expect(await read(rows.projectId)).toHaveLength(1)
})

test('batches that overlap in any order do not block each other for good', async () => {
  const rows = rowsOf(newId('prj'))
  const ids = Array.from({ length: 60 }, () => randomUUID())
  const shuffled = (round: number) => ids.toSorted((a, b) => hash(a, round) - hash(b, round)).slice(0, 50)
  const hash = (id: string, round: number) => (Number.parseInt(id.slice(0, 8), 16) * (2 * round + 3)) % 1009
  const batches = Array.from({ length: 120 }, (_, round) =>
    store({
      responses: round % 2 ? [] : shuffled(round).map((id) => rows.response({ id, seq: round })),
      displays: shuffled(round + 1).map((id) => rows.display('seen', { id, states: 1 << (round % 8) })),
      losses: round % 3 === 0 ? [] : shuffled(round + 2).map((id) => rows.loss({ id })),
    }),
  )
  const outcomes = await Promise.allSettled(batches)
  expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([])
  expect(await read(rows.projectId)).toHaveLength(60)
})

test('the states of a display add up, whatever their order', async () => {
  const rows = rowsOf(newId('prj'))
  const id = randomUUID()
  await store({ displays: [rows.display('seen', { id, device: 'phone' }), rows.display('shown', { id })] })
  await store({ displays: [rows.display('dismissed', { id })] })
  await store({
    displays: [rows.display('shown', { id }), rows.display('completed', { id, surveyId: 'srv_other' })],
  })
  const displays = await db().selectFrom('displays').selectAll().where('id', '=', id).execute()
  const states = displayStateBits('seen') | displayStateBits('dismissed')
  expect(displays).toMatchObject([{ states, device: 'phone', survey_id: rows.surveyId }])
})

test('a loss that is reported again counts once', async () => {
  const rows = rowsOf(newId('prj'))
  const loss = rows.loss({ count: 4 })
  await store({ losses: [loss, { ...loss }] })
  await store({ losses: [loss] })
  const losses = await db()
    .selectFrom('losses')
    .selectAll()
    .where('project_id', '=', rows.projectId)
    .execute()
  expect(losses).toMatchObject([{ count: 4, reason: 'quota' }])
})

test('one bad row fails the whole batch with its SQLSTATE, and the next batch goes through', async () => {
  const rows = rowsOf(newId('prj'))
  const bad = [
    { row: rows.response({ answers: { why: 'a\u0000b' } }), code: /^22P05$/ },
    { row: rows.response({ visitor: 'a\u0000b' }), code: /^22P05|22021$/ },
    { row: rows.response({ answers: { why: '\ud800' } }), code: /^22P02|22P05$/ },
    { row: rows.response({ nps: 100_000 }), code: /^22003$/ },
    { row: rows.response({ surveyVersion: 2 ** 31 }), code: /^22003$/ },
    { row: rows.response({ id: '00000000-0000-4000-8000-00000000000g' }), code: /^22P02$/ },
    { row: rows.response({ id: 'not-a-uuid' }), code: /^22P02$/ },
    { row: rows.response({ locale: 'x'.repeat(65) }), code: /^22001$/ },
  ]
  for (const { row, code } of bad) {
    const error = await store({ responses: [rows.response(), row] }).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: expect.stringMatching(code) })
  }
  expect(await read(rows.projectId)).toEqual([])
  expect(await send(rows.response())).toEqual([true])
})

test('a batch of a megabyte in many scripts comes back letter for letter', async () => {
  const rows = rowsOf(newId('prj'))
  const texts = ['naïve', '빨라요', '🚚 後払い', 'a "quote" \\ and\nmore', 'x'.repeat(49)]
  const sent = Array.from({ length: 100 }, (_, index) => {
    const text = texts[index % texts.length] ?? ''
    return rows.response({
      visitor: text,
      subject: index % 2 ? `${index}` : null,
      nps: index % 3 ? null : index % 11,
      answers: { why: text.repeat(2000 / text.length) },
      context: { attributes: { [text]: text, big: '배'.repeat(3000) } },
      ...(index % 7 === 0 && { suspicion: 60, suspicionReasons: ['fast', 'missingTicket'] }),
    })
  })
  expect(await send(...sent)).toEqual(sent.map(() => true))
  const byId = new Map((await read(rows.projectId)).map((row) => [row.id, row]))
  for (const row of sent) {
    expect(byId.get(row.id)).toMatchObject({
      visitor: row.visitor,
      subject: row.subject,
      nps: row.nps,
      answers: row.answers,
      context: row.context,
      suspicion: row.suspicion ?? 0,
      suspicion_reasons: row.suspicionReasons ?? null,
    })
  }
})

test('batches whose connections are not ready for them yet do not get mixed up', async () => {
  const rows = rowsOf(newId('prj'))
  const keepBusy = (client: pg.PoolClient) => void client.query('select 1')
  const pool = poolOf(db())
  pool.on('acquire', keepBusy)
  const sent = Array.from({ length: 8 }, (_, index) => rows.response({ answers: { why: `${index}` } }))
  const outcomes = await Promise.all(sent.map((row) => send(row)))
  pool.off('acquire', keepBusy)
  expect(outcomes.flat()).toEqual(sent.map(() => true))
  const byId = new Map((await read(rows.projectId)).map((row) => [row.id, row.answers]))
  for (const { id, answers } of sent) expect(byId.get(id)).toEqual(answers)
})

test('a batch of nothing is stored at once', async () => {
  expect((await store({})).stored.size).toBe(0)
})
