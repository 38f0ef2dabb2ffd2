import { randomUUID } from 'node:crypto'
import type { Condition } from '@heed/contract'
import {
  addUsage,
  applyRetention,
  countFunnel,
  countScores,
  createProject,
  createSurvey,
  type Database,
  listAudit,
  type ResponseRow,
  rollUp,
  type ScoreCounts,
  storeBatch,
  storeRejects,
  updateProject,
} from '@heed/db'
import { type Kysely, sql } from 'kysely'
import { expect, onTestFinished, test, vi } from 'vitest'
import { always, makeDefinition, rowsOf } from './make-rows.ts'
import { useDatabase } from './use-database.ts'

const db = useDatabase({ poolSize: 8 })
const hourMs = 3_600_000
const dayMs = 24 * hourMs
const picture = { type: 'image/webp', width: 8, height: 6, image: Buffer.from('a picture') } as const

async function newProject(retentionDays: number | null = 30) {
  const projectId = (await createProject(db(), { name: 'Shop', settings: { retentionDays } })).project.id
  const survey = await createSurvey(db(), projectId, makeDefinition())
  const rows = rowsOf(projectId, survey.id)
  const age = (table: 'responses' | 'displays' | 'losses' | 'rejects' | 'screenshots', at: Date) =>
    sql`update ${sql.table(table)} set received_at = ${at}
      where project_id = ${projectId} and received_at > now() - interval '1 hour'`.execute(db())
  return {
    ...rows,
    age,
    /** Stores responses as if they had come in that many days ago. */
    async add(daysAgo: number, responses: ResponseRow[]) {
      await storeBatch(db(), { responses, displays: [], losses: [] })
      await age('responses', new Date(Date.now() - daysAgo * dayMs))
    },
    /** Something of every kind, that many days old. */
    async addEverything(daysAgo: number) {
      const response = rows.response({ nps: 3, answers: { why: 'late' }, textKeys: ['why'] })
      const displays = [rows.display('shown'), rows.display('answered', { id: response.id })]
      await storeBatch(db(), { responses: [response], displays, losses: [rows.loss()] })
      // Its own, and one that waits for a response: `storeScreenshot` would let go of those that have waited for long.
      await db()
        .insertInto('screenshots')
        .values([
          { ...picture, project_id: projectId, response_id: response.id, settled: true },
          { ...picture, project_id: projectId, response_id: randomUUID(), settled: false },
        ])
        .execute()
      const refused = { reason: 'invalid_item', detail: 'seq: missing', sdk: '1.0.0', kind: null } as const
      await storeRejects(db(), projectId, [
        { ...refused, surveyId: null, responseId: null, visitor: null, subject: null, item: '{}' },
      ])
      await addUsage(db(), [{ projectId, rows: 1, bytes: 1 }])
      const at = new Date(Date.now() - daysAgo * dayMs)
      for (const table of ['responses', 'displays', 'losses', 'rejects', 'screenshots'] as const)
        await age(table, at)
      await sql`update project_usage set day = (${at}::timestamptz at time zone 'UTC')::date
        where project_id = ${projectId} and day = (now() at time zone 'UTC')::date`.execute(db())
      return response
    },
    async counts() {
      const tables = [
        'responses',
        'comments',
        'screenshots',
        'displays',
        'losses',
        'rejects',
        'project_usage',
      ] as const
      const found: Record<string, number> = {}
      for (const table of tables) {
        const all = await db()
          .selectFrom(table)
          .select('project_id')
          .where('project_id', '=', projectId)
          .execute()
        found[table] = all.length
      }
      return found
    },
    count: (where?: Condition, on: Kysely<Database> = db()) =>
      countScores(on, projectId, { surveyId: survey.id, metric: 'nps', ...always, ...(where && { where }) }),
    run: (options: { dryRun?: boolean; size?: number; signal?: AbortSignal } = {}) =>
      applyRetention(db(), { projectId, actor: 'cli', ...options }),
    async expirations() {
      return (await listAudit(db(), projectId, { action: 'responses.expired' })).data
    },
  }
}

const everything = { responses: 1, comments: 1, screenshots: 2, displays: 2, losses: 1, rejects: 1, usage: 1 }
const ofOne = {
  responses: 1,
  comments: 1,
  screenshots: 2,
  displays: 2,
  losses: 1,
  rejects: 1,
  project_usage: 1,
}
/** True of every response, but nothing that histograms can answer. */
const readRows = { completed: { $in: [true, false] } }
const answersOf = ({ total }: ScoreCounts) => total.reduce((sum, count) => sum + count, 0)
const values = (n: number) => ({ nps: n % 11, device: n % 2 ? ('phone' as const) : null })

test('what is older than a project keeps goes from every table, what is younger stays', async () => {
  const { addEverything, counts, run } = await newProject(30)
  await addEverything(31)
  const young = await addEverything(29)
  expect(await run()).toMatchObject([{ name: 'Shop', ...everything }])
  expect(await counts()).toEqual(ofOne)
  expect(await db().selectFrom('responses').select('id').where('id', '=', young.id).execute()).toHaveLength(1)
  expect(await run()).toMatchObject([{ responses: 0, displays: 0, usage: 0 }])
})

test('a dry run changes nothing and says what the run then deletes', async () => {
  const { addEverything, add, response, counts, run, expirations } = await newProject(30)
  await addEverything(31)
  await addEverything(5)
  await add(
    40,
    Array.from({ length: 70 }, (_, n) => response(values(n))),
  )
  const before = await counts()
  const [told] = await run({ dryRun: true })
  expect(told).toMatchObject({ ...everything, responses: 71 })
  expect(await counts()).toEqual(before)
  expect(await expirations()).toEqual([])
  const [done] = await run({ size: 20 })
  expect(done).toEqual(told)
  expect(await expirations()).toMatchObject([{ actor: 'cli', details: { receivedBefore: told?.before } }])
})

test('each project keeps for as long as it says, and for ever where it says so', async () => {
  const [short, long, endless] = [await newProject(1), await newProject(400), await newProject(null)]
  const projects = [short, long, endless]
  for (const project of projects) {
    await project.addEverything(399)
    await project.addEverything(402)
  }
  await applyRetention(db(), { actor: 'job' })
  expect(await Promise.all(projects.map(async ({ counts }) => (await counts()).responses))).toEqual([0, 1, 2])
  expect(await endless.run()).toEqual([])
  await updateProject(db(), endless.projectId, { settings: { retentionDays: 400 } })
  await endless.run()
  expect((await endless.counts()).responses).toBe(1)
})

test('a project that never said how long keeps 400 days', async () => {
  const { projectId, addEverything, counts, run } = await newProject()
  await sql`update projects set settings = settings - 'retentionDays' where id = ${projectId}`.execute(db())
  await addEverything(399)
  await addEverything(401)
  await run()
  expect((await counts()).responses).toBe(1)
})

test('an hour goes as a whole, by the clock of the database', async () => {
  const { response, run, count, projectId } = await newProject(30)
  const limit = Math.floor(Date.now() / hourMs) * hourMs - 30 * dayMs
  const store = async (at: number) => {
    const row = response({ nps: 9 })
    await storeBatch(db(), { responses: [row], displays: [], losses: [] })
    await sql`update responses set received_at = ${new Date(at)} where project_id = ${projectId} and id = ${row.id}`.execute(
      db(),
    )
  }
  await store(limit - 1)
  await store(limit + 2 * hourMs)
  const [result] = await run()
  expect(result).toMatchObject({ responses: 1 })
  expect(new Date(result?.before ?? '').getTime() % hourMs).toBe(0)
  expect((await count()).total[9]).toBe(1)
})

test('numbers are those of the rows while hours are counted, answers arrive and two runs delete', async () => {
  const { add, response, count, run, projectId, surveyId } = await newProject(30)
  for (let n = 0; n < 12; n += 1) {
    await add(
      27.25 + n * 0.5,
      Array.from({ length: 60 }, (_, index) => response(values(index))),
    )
  }
  const until = new Date(Math.floor(Date.now() / hourMs) * hourMs)
  await rollUp(db(), { until })
  const histograms = () =>
    db().selectFrom('score_hours').selectAll().where('survey_id', '=', surveyId).execute()
  expect(await histograms()).not.toEqual([])
  let isOver = false
  const totals = new Set<number>()
  const watch = async () => {
    while (!isOver) {
      const seen = db().transaction().setIsolationLevel('repeatable read')
      await seen.execute(async (trx) => {
        const counted = await count(undefined, trx)
        expect(counted).toEqual(await count(readRows, trx))
        totals.add(answersOf(counted))
      })
    }
  }
  const job = async () => {
    while (!isOver) await rollUp(db(), { until })
  }
  const arrive = async () => {
    while (!isOver) await storeBatch(db(), { responses: [response({ nps: 10 })], displays: [], losses: [] })
  }
  const others = [watch(), job(), arrive()]
  const results = await Promise.all([run({ size: 7 }), run({ size: 11 })]).finally(() => {
    isOver = true
  })
  await Promise.all(others)
  expect(results.flat().reduce((sum, { responses }) => sum + responses, 0)).toBe(6 * 60)
  expect(totals.size).toBeGreaterThan(2)
  const after = await count()
  expect(after).toEqual(await count(readRows))
  await rollUp(db(), { until })
  const marks = db().selectFrom('changed_hours').selectAll().where('project_id', '=', projectId)
  expect(await marks.execute()).toEqual([])
  expect(await count()).toEqual(after)
  // There is none of an hour that is gone.
  const oldest = (await histograms()).map(({ hour }) => hour.getTime())
  expect(Math.min(...oldest)).toBeGreaterThanOrEqual(Date.now() - 30 * dayMs - hourMs)
})

test('no transaction deletes more than its share', async () => {
  const { add, response, run, projectId } = await newProject(30)
  await add(
    40,
    Array.from({ length: 95 }, (_, n) => response(values(n))),
  )
  await sql`create table deletions (transaction xid8, rows int)`.execute(db())
  await sql`create function note_deletion() returns trigger language plpgsql as $$
    begin insert into deletions select pg_current_xact_id(), count(*) from gone where project_id = tg_argv[0]; return null; end $$`.execute(
    db(),
  )
  await sql`create trigger note_deletion after delete on responses referencing old table as gone
    for each statement execute function note_deletion(${sql.lit(projectId)})`.execute(db())
  onTestFinished(async () => {
    await sql`drop function note_deletion cascade`.execute(db())
    await sql`drop table deletions`.execute(db())
  })
  expect(await run({ size: 20 })).toMatchObject([{ responses: 95 }])
  const { rows } = await sql<{ rows: number }>`
    select sum(rows)::int as rows from deletions group by transaction order by 1`.execute(db())
  expect(rows.map((row) => row.rows)).toEqual([15, 20, 20, 20, 20])
})

test('a row that somebody holds is left for the next run, and nobody waits', async () => {
  const { add, response, run, count, projectId } = await newProject(30)
  const rows = Array.from({ length: 5 }, (_, n) => response(values(n)))
  await add(40, rows)
  await db()
    .transaction()
    .execute(async (trx) => {
      await sql`select from responses where project_id = ${projectId} and id = ${rows[2]?.id} for share`.execute(
        trx,
      )
      expect(await run()).toMatchObject([{ responses: 4 }])
    })
  expect(answersOf(await count())).toBe(1)
  expect(await run()).toMatchObject([{ responses: 1 }])
})

test('a table that somebody has locked is waited for', async () => {
  const { add, response, run } = await newProject(30)
  await add(40, [response({ nps: 1 })])
  let running: ReturnType<typeof run> | undefined
  await db()
    .transaction()
    .execute(async (trx) => {
      await sql`lock table comments in access exclusive mode`.execute(trx)
      running = run()
      await vi.waitFor(async () => {
        const { rows } =
          await sql`select from pg_locks where relation = 'comments'::regclass and not granted`.execute(db())
        expect(rows).not.toEqual([])
      })
    })
  expect(await running).toMatchObject([{ responses: 1 }])
})

test('a run that is told to stop stops after what is under way', async () => {
  const { add, response, run, count } = await newProject(30)
  await add(
    40,
    Array.from({ length: 9 }, (_, n) => response(values(n))),
  )
  const stop = new AbortController()
  stop.abort()
  expect(await run({ signal: stop.signal })).toEqual([])
  expect(answersOf(await count())).toBe(9)
})

test('the funnel loses the displays that are gone', async () => {
  const { addEverything, run, projectId, surveyId } = await newProject(30)
  await addEverything(31)
  await addEverything(2)
  await run()
  const { counts } = await countFunnel(db(), projectId, { surveyId, ...always })
  expect(counts).toMatchObject({ shown: 2, answered: 1 })
})
