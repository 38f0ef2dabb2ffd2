import {
  countScores,
  createProject,
  createSurvey,
  type Database,
  forProject,
  type ResponseRow,
  rebuildRollups,
  rollUp,
  type ScoreQuery,
  storeBatch,
  updateResponse,
} from '@heed/db'
import fc from 'fast-check'
import { CompiledQuery, type Kysely, sql } from 'kysely'
import { expect, test, vi } from 'vitest'
import { markChangedHours } from '../src/rollups/mark-changed-hours.ts'
import { always, makeDefinition, rowsOf } from './make-rows.ts'
import { useHandles } from './use-database.ts'

const handles = useHandles({ poolSize: 8 })
const db = () => handles().owner

const hourMs = 3_600_000
// Responses may grow for 24 hours by the database's clock, so the histories lie in the last 20.
const start = Math.floor(Date.now() / hourMs) * hourMs - 20 * hourMs
const hour = (n: number) => new Date(start + n * hourMs)
/** True of every response, but nothing that histograms can answer. */
const readRows = { completed: { $in: [true, false] } }

async function newSurvey() {
  const projectId = (await createProject(db(), { name: 'Shop' })).project.id
  const survey = await createSurvey(db(), projectId, makeDefinition())
  const rows = rowsOf(projectId, survey.id)
  const store = (row: ResponseRow) => storeBatch(db(), { responses: [row], displays: [], losses: [] })
  return {
    ...rows,
    store,
    /** Stores a response as if it had come in at that moment. */
    async add(at: Date, given: Partial<ResponseRow> = {}) {
      const row = rows.response(given)
      await store(row)
      await sql`update responses set received_at = ${at} where project_id = ${projectId} and id = ${row.id}`.execute(
        db(),
      )
      return row
    },
    async erase(id: string) {
      await sql`with gone as (
        delete from responses where project_id = ${projectId} and id = ${id} returning project_id, survey_id, received_at
      ) ${sql.raw(markChangedHours('gone'))}`.execute(db())
    },
    count: (query: Partial<ScoreQuery> = {}, on: Kysely<Database> = db()) =>
      countScores(on, projectId, { surveyId: survey.id, metric: 'nps', ...always, ...query }),
  }
}

type TestSurvey = Awaited<ReturnType<typeof newSurvey>>

const queries: Partial<ScoreQuery>[] = [
  { interval: 'hour', by: 'device' },
  { interval: 'day', timezone: 'Asia/Seoul', by: 'country', metric: 'csat' },
  { interval: 'hour', timezone: 'Asia/Kolkata', by: 'version' },
  { interval: 'day', timezone: 'Asia/Kathmandu', by: 'locale', from: new Date(start + 2.5 * hourMs) },
  { interval: 'week', from: hour(3), to: hour(9) },
  { interval: 'month', from: new Date(start + 4.1 * hourMs), to: new Date(start + 4.9 * hourMs) },
  { from: new Date(start + 5.3 * hourMs), to: new Date(start + 7.2 * hourMs), by: 'page' },
  { to: new Date(start + 6.7 * hourMs) },
]

/** The groups in one order: those of equal size have none. */
async function sorted(counts: ReturnType<TestSurvey['count']>) {
  const { groups, ...rest } = await counts
  return { ...rest, groups: groups?.toSorted((a, b) => String(a.value).localeCompare(String(b.value))) }
}

async function expectExact({ count }: TestSurvey) {
  for (const query of queries) {
    expect(await sorted(count(query))).toEqual(await sorted(count({ ...query, where: readRows })))
  }
}

const histograms = (surveyId: string) =>
  db().selectFrom('score_hours').selectAll().where('survey_id', '=', surveyId).execute()

test('numbers stay exact through every history of answers, corrections and job runs', async () => {
  const index = fc.nat(1000)
  const answer = fc.record({
    nps: fc.option(fc.integer({ min: 0, max: 10 })),
    csat: fc.option(fc.integer({ min: 1, max: 5 })),
    device: fc.constantFrom('phone' as const, 'desktop' as const, null),
    country: fc.constantFrom('KR', 'DE', null),
    locale: fc.constantFrom('ko', 'en'),
    surveyVersion: fc.integer({ min: 1, max: 2 }),
  })
  const event = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({ do: fc.constant('add' as const), ahead: fc.nat(4), minute: fc.nat(59), answer }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('grow' as const), index, answer }) },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('exclude' as const), index, excluded: fc.boolean() }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('test' as const), index, test: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('erase' as const), index }) },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constant('pass' as const), hours: fc.integer({ min: 1, max: 5 }) }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('job' as const) }) },
  )
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 5, maxLength: 40 }), async (history) => {
      const survey = await newSurvey()
      const rows: ResponseRow[] = []
      let closed = 0
      for (const [step, one] of history.entries()) {
        const target = 'index' in one ? rows[one.index % rows.length] : undefined
        if (one.do === 'add') {
          const at = new Date(hour(Math.min(closed + one.ahead, 19)).getTime() + one.minute * 60_000)
          rows.push(await survey.add(at, one.answer))
        } else if (one.do === 'pass') closed = Math.min(closed + one.hours, 18)
        else if (one.do === 'job') await rollUp(db(), { until: hour(closed) })
        else if (!target) continue
        else if (one.do === 'grow') await survey.store({ ...target, ...one.answer, seq: step + 2 })
        else if (one.do === 'exclude') {
          await updateResponse(db(), survey.projectId, target.id, { excluded: one.excluded })
        } else if (one.do === 'test')
          await updateResponse(db(), survey.projectId, target.id, { test: one.test })
        else await survey.erase(target.id)
        if (step % 6 === 0) await expectExact(survey)
      }
      await rollUp(db(), { until: hour(closed) })
      await expectExact(survey)
      const kept = await histograms(survey.surveyId)
      // From nothing but the rows, to the same hour: the same histograms.
      await sql`delete from score_hours where survey_id = ${survey.surveyId}`.execute(db())
      await sql`update rolled_surveys set rolled_until = '-infinity' where survey_id = ${survey.surveyId}`.execute(
        db(),
      )
      await rollUp(db(), { until: hour(closed) })
      const byText = (a: object, b: object) => JSON.stringify(a).localeCompare(JSON.stringify(b))
      expect((await histograms(survey.surveyId)).sort(byText)).toEqual(kept.sort(byText))
    }),
    { numRuns: 12 },
  )
}, 120_000)

test('closed hours come from their histograms, changed ones from the rows until they are counted again', async () => {
  const { add, count, surveyId, projectId } = await newSurvey()
  const row = await add(hour(1), { nps: 9 })
  await add(hour(2), { nps: 3 })
  await rollUp(db(), { until: hour(5) })
  // A lie, to see who is asked.
  await sql`update score_hours set n0 = 100 where survey_id = ${surveyId}`.execute(db())
  expect((await count()).total[0]).toBe(200)
  expect((await count({ from: new Date(start + 1.5 * hourMs) })).total[0]).toBe(100)
  expect((await count({ interval: 'hour', timezone: 'Asia/Kolkata' })).series).toHaveLength(2)
  expect((await count({ where: readRows })).total[0]).toBe(0)
  await updateResponse(db(), projectId, row.id, { excluded: true })
  expect((await count()).total).toMatchObject({ 0: 100, 9: 0 })
  await rollUp(db(), { until: hour(5) })
  expect((await count()).total).toMatchObject({ 0: 100, 9: 0 })
  await rebuildRollups(db(), projectId)
  expect((await count()).total).toMatchObject({ 0: 0, 3: 1, 9: 0 })
  expect((await histograms(surveyId)).length).toBeGreaterThan(0)
})

test('a tag or a note leaves the hour as it is, a first answer too', async () => {
  const { add, store, response, projectId, surveyId } = await newSurvey()
  const row = await add(hour(1), { nps: 9 })
  await updateResponse(db(), projectId, row.id, { tags: ['vip'], note: 'called' })
  await store(response({ nps: 1 }))
  const marks = db().selectFrom('changed_hours').selectAll().where('survey_id', '=', surveyId)
  expect(await marks.execute()).toEqual([])
  await store({ ...row, seq: 2, nps: 8 })
  expect(await marks.execute()).toMatchObject([{ hour: hour(1) }])
})

test('at every moment, with jobs at the same survey and answers that grow, the numbers are those of the rows', async () => {
  const survey = await newSurvey()
  const rows: ResponseRow[] = []
  for (let n = 0; n < 30; n += 1) rows.push(await survey.add(hour(n % 6), { nps: n % 11 }))
  let isOver = false
  let compared = 0
  const until = hour(10)
  const job = async () => {
    while (!isOver) await rollUp(db(), { until })
  }
  const grow = async (from: number) => {
    for (let round = 0; round < 60; round += 1) {
      const row = rows[(round * 7 + from) % rows.length]
      if (row) await survey.store({ ...row, seq: 2 + round * 2 + from, nps: (round * 3 + from) % 11 })
      if (row && round % 5 === 0) {
        await updateResponse(db(), survey.projectId, row.id, { excluded: round % 2 === 0 })
      }
    }
  }
  const watch = async () => {
    while (!isOver) {
      const seen = db().transaction().setIsolationLevel('repeatable read')
      await seen.execute(async (trx) => {
        expect(await survey.count({}, trx)).toEqual(await survey.count({ where: readRows }, trx))
        compared += 1
      })
    }
  }
  const others = [job(), job(), watch()]
  await Promise.all([grow(0), grow(1)]).finally(() => {
    isOver = true
  })
  await Promise.all(others)
  expect(compared).toBeGreaterThan(3)
  await rollUp(db(), { until })
  await expectExact(survey)
  const left = db().selectFrom('changed_hours').selectAll().where('survey_id', '=', survey.surveyId)
  expect(await left.execute()).toEqual([])
})

test('a change that commits after the job has counted is not lost', async () => {
  const { add, count, projectId, surveyId } = await newSurvey()
  const row = await add(hour(1), { nps: 9 })
  await rollUp(db(), { until: hour(3) })
  await db()
    .transaction()
    .execute(async (trx) => {
      await updateResponse(trx, projectId, row.id, { excluded: true })
      await rollUp(db(), { until: hour(4) })
    })
  expect((await count()).total[9]).toBe(0)
  await rollUp(db(), { until: hour(4) })
  expect((await count()).total[9]).toBe(0)
  expect(await histograms(surveyId)).toEqual([])
})

test('an hour is not closed while somebody who began in it may still commit', async () => {
  const { add, count, surveyId } = await newSurvey()
  await add(hour(1), { nps: 9 })
  await db()
    .transaction()
    .execute(async (trx) => {
      await sql`select pg_current_xact_id()`.execute(trx)
      await rollUp(db())
      expect(await histograms(surveyId)).toEqual([])
    })
  // Other test files write to the same server, and somebody may be at it just now.
  await vi.waitFor(
    async () => {
      await rollUp(db())
      expect(await histograms(surveyId)).not.toEqual([])
    },
    { timeout: 15_000 },
  )
  expect((await count()).total[9]).toBe(1)
})

test('hours of a clock that was set back are open again', async () => {
  const { add, count } = await newSurvey()
  await add(hour(1), { nps: 9 })
  await rollUp(db(), { until: hour(5) })
  await rollUp(db(), { until: hour(2) })
  await add(hour(3), { nps: 8 })
  expect((await count()).total).toMatchObject({ 8: 1, 9: 1 })
  await rollUp(db(), { until: hour(5) })
  expect((await count()).total).toMatchObject({ 8: 1, 9: 1 })
})

test('a zone whose clocks change at a minute past midnight has its days cut exactly', async () => {
  const { add, count } = await newSurvey()
  // 7 November 2010 in Newfoundland: at 00:01 it was 23:01 of the 6th again.
  for (const minute of ['02:29:30', '02:30:30', '02:31:30', '03:29:59', '03:31:00']) {
    await add(new Date(`2010-11-07T${minute}Z`), { nps: 9 })
  }
  const query = { interval: 'day', timezone: 'America/St_Johns' } as const
  const before = (await count(query)).series
  await rollUp(db(), { until: hour(0) })
  expect((await count(query)).series).toEqual(before)
  expect(before?.map(({ histogram }) => histogram[9])).toEqual([3, 2])
})

/** A handle that notes the statements that go through it. */
function noting(statements: CompiledQuery[]): Kysely<Database> {
  const executor = db().getExecutor()
  const noted = new Proxy(executor, {
    get(target, name) {
      if (name !== 'executeQuery')
        return Reflect.get(target, name).bind?.(target) ?? Reflect.get(target, name)
      return (query: CompiledQuery) => {
        statements.push(query)
        return target.executeQuery(query)
      }
    },
  })
  return { getExecutor: () => noted } as unknown as Kysely<Database>
}

test('what is read from the rows is read from the index alone', async () => {
  const { projectId, surveyId, response, count } = await newSurvey()
  for (let batch = 0; batch < 10; batch += 1) {
    const responses = Array.from({ length: 500 }, (_, n) =>
      response({ nps: n % 11, device: 'phone', context: { title: 'x'.repeat(900) } }),
    )
    await storeBatch(db(), { responses, displays: [], losses: [] })
    await sql`update responses set received_at = ${hour(batch)} where survey_id = ${surveyId} and received_at > ${hour(19)}`.execute(
      db(),
    )
  }
  await sql`vacuum analyze responses`.execute(db())
  await rollUp(db(), { until: hour(6) })
  await sql`insert into changed_hours (project_id, survey_id, hour) values (${projectId}, ${surveyId}, ${hour(2)})`.execute(
    db(),
  )
  for (const query of [
    { by: 'country', interval: 'day', timezone: 'Asia/Kolkata' },
    { by: 'version', where: { device: 'phone', nps: { $gte: 3 } }, from: hour(2) },
  ] satisfies Partial<ScoreQuery>[]) {
    const statements: CompiledQuery[] = []
    await count(query, noting(statements))
    expect(statements.length).toBeGreaterThan(1)
    for (const { sql: text, parameters } of statements) {
      for (const handle of [db(), forProject(handles().query, projectId)]) {
        const explained = await handle.executeQuery<{ 'QUERY PLAN': string }>(
          CompiledQuery.raw(`explain ${text}`, [...parameters]),
        )
        const plan = explained.rows.map((row) => row['QUERY PLAN']).join('\n')
        expect(plan).toContain('Index Only Scan using responses_count_idx')
        expect(plan).not.toMatch(/(?:Seq Scan|Index Scan .*|Bitmap Heap Scan) on responses/)
        // What a project may see is asked once, not row by row.
        expect(plan).not.toMatch(/^(?!.*One-Time).*Filter: .*current_setting/m)
      }
    }
  }
})
