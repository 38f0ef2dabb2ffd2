import type { Frequency, SurveyDefinition } from '@heed/contract'
import {
  countFunnel,
  countScores,
  createProject,
  createSurvey,
  findResponse,
  publishSurvey,
  type ResponseRow,
  rebuildRollups,
  rollUp,
  settle,
  storeBatch,
  updateResponse,
  updateSurveyDraft,
} from '@heed/db'
import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { markChangedHours } from '../src/rollups/mark-changed-hours.ts'
import { markUnsettled } from '../src/rounds/mark-unsettled.ts'
import { roundSecondsOf } from '../src/rounds/round-seconds.ts'
import { always, makeDefinition, rowsOf } from './make-rows.ts'
import { useDatabase } from './use-database.ts'

const db = useDatabase({ poolSize: 8 })

const hourMs = 3_600_000
// Responses may grow for 24 hours by the database's clock, so the histories lie in the last 20.
const start = Math.floor(Date.now() / hourMs) * hourMs - 20 * hourMs
const hour = (n: number) => new Date(start + n * hourMs)
/** True of every response, but nothing that histograms can answer. */
const readRows = { completed: { $in: [true, false] } }

/** A survey whose versions have these frequencies. */
async function newSurvey(...frequencies: Frequency[]) {
  const projectId = (await createProject(db(), { name: 'Shop' })).project.id
  const definition = makeDefinition()
  const survey = await createSurvey(db(), projectId, definition)
  for (const frequency of frequencies) {
    await updateSurveyDraft(db(), projectId, survey.id, { ...definition, frequency })
    await db()
      .transaction()
      .execute((trx) => publishSurvey(trx, projectId, survey.id))
  }
  const rows = rowsOf(projectId, survey.id)
  const store = (row: ResponseRow) => storeBatch(db(), { responses: [row], displays: [], losses: [] })
  const count = (query: object = {}) =>
    countScores(db(), projectId, { surveyId: survey.id, metric: 'nps', ...always, ...query })
  return {
    ...rows,
    store,
    count,
    /** Stores a response as if it had come in at that moment. */
    async add(at: Date, given: Partial<ResponseRow> = {}) {
      const row = rows.response({ visitor: 'v', ...given })
      await store(row)
      await sql`update responses set received_at = ${at} where project_id = ${projectId} and id = ${row.id}`.execute(
        db(),
      )
      return row
    },
    async erase(id: string) {
      await sql`with gone as (
        delete from responses where project_id = ${projectId} and id = ${id}
        returning project_id, survey_id, visitor, received_at
      ), marks as (${sql.raw(markChangedHours('gone'))}) ${sql.raw(markUnsettled('gone'))}`.execute(db())
    },
    patch: (row: ResponseRow, patch: Parameters<typeof updateResponse>[3]) =>
      updateResponse(db(), projectId, row.id, patch),
    superseded: async (row: ResponseRow) => (await findResponse(db(), projectId, row.id))?.superseded,
  }
}

type TestSurvey = Awaited<ReturnType<typeof newSurvey>>

/** What should be superseded, told from the rows by other means than SQL. */
async function expectSettled(
  { surveyId, count }: TestSurvey,
  roundsOf: (version: number) => number | undefined,
) {
  const rows = await db().selectFrom('responses').selectAll().where('survey_id', '=', surveyId).execute()
  const last = new Map<string, (typeof rows)[number]>()
  const keyOf = (row: (typeof rows)[number]) => {
    const seconds = roundsOf(row.survey_version)
    const round = seconds && Math.floor(row.received_at.getTime() / 1000 / seconds)
    return `${row.visitor} ${seconds} ${round}`
  }
  const isEligible = (row: (typeof rows)[number]) =>
    row.visitor !== null && !row.excluded && !row.test && !row.suspicious
  const place = (row: (typeof rows)[number]) => `${row.received_at.toISOString()} ${row.id}`
  for (const row of rows.filter(isEligible)) {
    const known = last.get(keyOf(row))
    if (!known || place(row) > place(known)) last.set(keyOf(row), row)
  }
  const wanted = rows.filter((row) => isEligible(row) && last.get(keyOf(row)) !== row).map(({ id }) => id)
  expect(
    rows
      .filter((row) => row.superseded)
      .map(({ id }) => id)
      .sort(),
  ).toEqual(wanted.sort())
  expect(await count()).toEqual(await count({ where: readRows }))
}

test('through every history of answers, corrections and job runs the last answer of a visitor and round counts', async () => {
  const index = fc.nat(1000)
  const visitor = fc.constantFrom('a', 'b', null)
  const answer = fc.record({
    nps: fc.integer({ min: 0, max: 10 }),
    visitor,
    surveyVersion: fc.integer({ min: 1, max: 3 }),
    suspicion: fc.constantFrom(0, 30, 60),
  })
  const event = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({ do: fc.constant('add' as const), ahead: fc.nat(3), minute: fc.nat(59), answer }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('grow' as const), index, answer }) },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('patch' as const),
        index,
        patch: fc.oneof(
          fc.record({ excluded: fc.boolean() }),
          fc.record({ test: fc.boolean() }),
          fc.record({ suspicious: fc.boolean() }),
        ),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('erase' as const), index }) },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constant('pass' as const), hours: fc.integer({ min: 1, max: 5 }) }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('settle' as const) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('roll up' as const) }) },
  )
  const everyDays = 0.25
  const seconds = new Map([
    [1, undefined],
    [2, 86_400],
    [3, (everyDays * 86_400) / 2],
  ])
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 5, maxLength: 40 }), async (history) => {
      const survey = await newSurvey('once', 'always', { times: 2, everyDays })
      const rows: ResponseRow[] = []
      let closed = 0
      for (const [step, one] of history.entries()) {
        const target = 'index' in one ? rows[one.index % rows.length] : undefined
        if (one.do === 'add') {
          const at = new Date(hour(Math.min(closed + one.ahead, 18)).getTime() + one.minute * 60_000)
          rows.push(await survey.add(at, one.answer))
        } else if (one.do === 'pass') closed = Math.min(closed + one.hours, 18)
        else if (one.do === 'settle') await settle(db(), { until: hour(closed) })
        else if (one.do === 'roll up') await rollUp(db(), { until: hour(closed) })
        else if (!target) continue
        else if (one.do === 'grow') await survey.store({ ...target, ...one.answer, seq: step + 2 })
        else if (one.do === 'patch') await survey.patch(target, one.patch)
        else {
          await survey.erase(target.id)
          rows.splice(rows.indexOf(target), 1)
        }
        if (step % 8 === 0) expect(await survey.count()).toEqual(await survey.count({ where: readRows }))
      }
      await settle(db(), { until: hour(19) })
      await expectSettled(survey, (version) => seconds.get(version))
      await rollUp(db(), { until: hour(closed) })
      await expectSettled(survey, (version) => seconds.get(version))
      // Thrown away and found out again: nothing changes.
      await rebuildRollups(db(), survey.projectId)
      await expectSettled(survey, (version) => seconds.get(version))
      await settle(db(), { until: hour(19) })
      await expectSettled(survey, (version) => seconds.get(version))
    }),
    { numRuns: 15 },
  )
}, 180_000)

test('when the last answer is taken out of the numbers the one before counts again, and back', async () => {
  const { add, patch, superseded, count } = await newSurvey('once')
  const [first, second] = [await add(hour(1), { nps: 9 }), await add(hour(2), { nps: 3 })]
  await settle(db(), { until: hour(3) })
  expect([await superseded(first), await superseded(second)]).toEqual([true, false])
  for (const patches of [
    [{ excluded: true }, { excluded: false }],
    [{ test: true }, { test: false }],
    [{ suspicious: true }, { suspicious: false }],
  ]) {
    const [out, back] = patches
    if (out) await patch(second, out)
    await settle(db(), { until: hour(3) })
    expect((await count()).total).toMatchObject({ 9: 1, 3: 0 })
    if (back) await patch(second, back)
    await settle(db(), { until: hour(3) })
    expect((await count()).total).toMatchObject({ 9: 0, 3: 1 })
  }
})

test('what does not count neither supersedes nor is superseded, whenever it comes', async () => {
  const { add, superseded } = await newSurvey('once')
  const rows: ResponseRow[] = []
  for (const [n, given] of [
    { test: true },
    {},
    { suspicion: 100 },
    {},
    { suspicion: 50 },
    { test: true },
  ].entries()) {
    rows.push(await add(hour(n), given))
    await settle(db(), { until: hour(n + 1) })
  }
  expect(await Promise.all(rows.map(superseded))).toEqual([false, true, false, false, false, false])
})

test('an answer whose visitor takes the consent back no longer supersedes another', async () => {
  const { add, store, superseded } = await newSurvey('once')
  const [first, second] = [await add(hour(1)), await add(hour(2))]
  await settle(db(), { until: hour(3) })
  await store({ ...second, seq: 2, visitor: null })
  await settle(db(), { until: hour(3) })
  expect(await superseded(first)).toBe(false)
  await store({ ...first, seq: 2, visitor: null })
  await settle(db(), { until: hour(3) })
  expect(await superseded(first)).toBe(false)
})

test('an answer that turns out to be suspicious while it grows no longer supersedes another', async () => {
  const { add, store, superseded } = await newSurvey('once')
  const [first, second] = [await add(hour(1)), await add(hour(2))]
  await settle(db(), { until: hour(3) })
  await store({ ...second, seq: 2, suspicion: 60, suspicionReasons: ['burst'] })
  await settle(db(), { until: hour(3) })
  expect([await superseded(first), await superseded(second)]).toEqual([false, false])
})

test('an answer counts once in a round: the survey, or what its frequency leaves between two', async () => {
  const display: SurveyDefinition['display'] = { kind: 'popover' }
  expect(roundSecondsOf({ display })).toBeUndefined()
  expect(roundSecondsOf({ display, frequency: 'untilAnswered' })).toBeUndefined()
  expect(roundSecondsOf({ display, frequency: { times: 3, everyDays: 90 } })).toBe(30 * 86_400)
  expect(roundSecondsOf({ display, frequency: 'always' })).toBe(86_400)
  expect(roundSecondsOf({ display: { kind: 'button' } })).toBe(86_400)
  expect(roundSecondsOf({ display: { kind: 'button' }, frequency: 'once' })).toBeUndefined()
  const { add, superseded } = await newSurvey('always')
  const noon = new Date('2026-03-04T12:00:00Z')
  const days = [0, 1, 24].map((hours) => add(new Date(noon.getTime() + hours * hourMs)))
  const rows = await Promise.all(days)
  await settle(db(), { until: hour(1) })
  expect(await Promise.all(rows.map(superseded))).toEqual([true, false, false])
})

test('with several jobs at once and answers that come and grow, the end is that of the rows', async () => {
  const survey = await newSurvey('once')
  const rows: ResponseRow[] = []
  for (let n = 0; n < 30; n += 1)
    rows.push(await survey.add(hour(n % 6), { nps: n % 11, visitor: `v${n % 7}` }))
  let isOver = false
  const job = async () => {
    while (!isOver) {
      await settle(db(), { until: hour(10) })
      await rollUp(db(), { until: hour(8) })
    }
  }
  const change = async (from: number) => {
    for (let round = 0; round < 60; round += 1) {
      const row = rows[(round * 7 + from) % rows.length]
      if (!row) continue
      const visitor = round % 3 === 0 ? null : `v${round % 7}`
      // A batch with its rows in their order, as another process may be storing the same ones.
      const batch = [row, rows[(round * 5) % rows.length]].flatMap((one) =>
        one ? [{ ...one, seq: 2 + round * 2 + from, visitor }] : [],
      )
      await storeBatch(db(), { responses: batch, displays: [], losses: [] })
      if (round % 5 === 0) await survey.patch(row, { excluded: round % 2 === 0 })
    }
  }
  const jobs = [job(), job(), job()]
  await Promise.all([change(0), change(1)]).finally(() => {
    isOver = true
  })
  await Promise.all(jobs)
  await settle(db(), { until: hour(10) })
  await rollUp(db(), { until: hour(8) })
  await expectSettled(survey, () => undefined)
  const left = db().selectFrom('unsettled_visitors').selectAll().where('survey_id', '=', survey.surveyId)
  expect(await left.execute()).toEqual([])
})

test('the funnel counts a display whose answer was superseded', async () => {
  const { add, projectId, surveyId } = await newSurvey('once')
  await add(hour(1))
  await add(hour(2))
  await settle(db(), { until: hour(3) })
  expect((await countFunnel(db(), projectId, { surveyId, ...always })).counts.answered).toBe(2)
})
