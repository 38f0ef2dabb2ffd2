import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import {
  BackupError,
  backUp,
  countFunnel,
  countLosses,
  countScores,
  createProject,
  createSurvey,
  type Database,
  findSecondWall,
  listProjects,
  listResponses,
  listSurveys,
  migrateToLatest,
  openDatabase,
  publishSurvey,
  readArchive,
  restoreBackup,
  rollUp,
  storeBatch,
} from '@heed/db'
import { startEmbedded } from '@heed/db/embedded'
import { emptyDatabase, type FreshDatabase, freshDatabase } from '@heed/test-stack/fresh-database'
import { type Kysely, sql } from 'kysely'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { migrations } from '../src/migrations/index.ts'
import { always, makeDefinition, rowsOf } from './make-rows.ts'
import { colour } from './migrating/colour.ts'
import { replayStatements, type Statement } from './previous-builds/statements.ts'
import { useEverything } from './previous-builds/use-everything.ts'

// Each makes and fills databases, one of them a server.
vi.setConfig({ testTimeout: 120_000 })

let cleanups: (() => Promise<unknown>)[]
let folder: string
let file: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heed-backup-'))
  file = join(folder, 'heed.tar.gz')
  cleanups = [() => rm(folder, { recursive: true, force: true })]
})

afterEach(async () => {
  for (const cleanup of cleanups.reverse()) await cleanup()
})

function openAt(url: string): Kysely<Database> {
  const db = openDatabase({ url, application: 'heed tests', poolSize: 4, statementTimeoutMs: 5_000 })
  cleanups.push(() => db.destroy())
  return db
}

async function openNew(create: () => Promise<FreshDatabase>): Promise<{ db: Kysely<Database>; url: string }> {
  const { url, drop } = await create()
  cleanups.push(drop)
  return { db: openAt(url), url }
}

const empty = () => openNew(emptyDatabase)
const migrated = () => openNew(freshDatabase)

async function tablesOf(db: Kysely<Database>): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
      and relname not in ('kysely_migration', 'schema_migrations') order by 1`.execute(db)
  return rows.map(({ name }) => name)
}

/** Every row of every table as PostgreSQL prints it. */
async function contentOf(db: Kysely<Database>): Promise<Record<string, string[]>> {
  const content: Record<string, string[]> = {}
  for (const table of await tablesOf(db)) {
    const { rows } = await sql<{
      row: string
    }>`select ${sql.table(table)}::text as row from ${sql.table(table)}
      order by 1`.execute(db)
    content[table] = rows.map(({ row }) => row)
  }
  return content
}

/** What a marketer sees of every survey. */
async function reportsOf(db: Kysely<Database>) {
  const reports = []
  for (const project of await listProjects(db)) {
    for (const survey of await listSurveys(db, project.id)) {
      const query = { surveyId: survey.id, ...always }
      reports.push({
        survey,
        scores: await countScores(db, project.id, {
          ...query,
          metric: 'nps',
          interval: 'hour',
          by: 'device',
        }),
        funnel: await countFunnel(db, project.id, { ...query, by: 'country' }),
        losses: await countLosses(db, project.id, always),
        found: await listResponses(db, project.id, { surveyId: survey.id, search: 'deliv' }),
        responses: await listResponses(db, project.id, { surveyId: survey.id, limit: 200 }),
      })
    }
  }
  return reports
}

/** A shop with answers in every table, and how it gets more. */
async function openShop(db: Kysely<Database>) {
  await useEverything(db)
  const { project } = await createProject(db, { name: 'Busy' })
  const survey = await createSurvey(db, project.id, makeDefinition('busy'))
  await db.transaction().execute((trx) => publishSurvey(trx, project.id, survey.id))
  const rows = rowsOf(project.id, survey.id)
  const sell = async () => {
    const responses = Array.from({ length: 20 }, (_, index) => ({
      ...rows.response({
        nps: index % 11,
        device: index % 2 ? ('phone' as const) : null,
        answers: {
          nps: index % 11,
          why: `Delivery\twas "fast",\\ 배송\n${randomBytes(200).toString('hex')}`,
        },
      }),
      textKeys: ['why'],
    }))
    await storeBatch(db, { responses, displays: [rows.display('shown')], losses: [rows.loss()] })
  }
  return { project, survey, sell }
}

const counts = (content: Record<string, string[]>) =>
  Object.fromEntries(Object.entries(content).map(([table, rows]) => [table, rows.length]))

test('a backup is restored on another server row by row, with its reports, its walls and its counters', async () => {
  const { db: source } = await migrated()
  const { sell } = await openShop(source)
  await sell()
  await rollUp(source, { until: new Date('2100-01-01T00:00:00Z') })
  await sql`insert into changed_hours (project_id, survey_id, hour) values ('p', 's', now())`.execute(source)
  const before = await contentOf(source)
  const steps: string[] = []
  const manifest = await backUp(source, file, {
    onProgress: ({ step, table }) => steps.push(`${step} ${table}`),
  })
  expect(Object.fromEntries(manifest.sums.map(({ name, rows }) => [name, rows]))).toEqual(counts(before))
  expect(await contentOf(source)).toEqual(before)

  const dataDir = join(folder, 'server')
  const server = await startEmbedded({ dataDir })
  cleanups.push(() => server.stop())
  const target = openAt(server.url)
  await restoreBackup(target, file, { onProgress: ({ step, table }) => steps.push(`${step} ${table}`) })
  expect(await contentOf(target)).toEqual(before)
  expect(await reportsOf(target)).toEqual(await reportsOf(source))
  expect(new Set(steps)).toEqual(
    new Set(
      ['write', 'check', 'restore', 'verify'].flatMap((step) =>
        Object.keys(before).flatMap((table) => (before[table]?.length ? [`${step} ${table}`] : [])),
      ),
    ),
  )

  const policies = (db: Kysely<Database>) =>
    sql`select tablename, policyname, qual from pg_policies order by 1, 2`.execute(db)
  expect((await policies(target)).rows).toEqual((await policies(source)).rows)
  expect(await findSecondWall(target)).toEqual({ stands: true })
  expect(await migrateToLatest(target)).toEqual([])
  const given = await sql<{ id: string }>`
    insert into changed_hours (project_id, survey_id, hour) values ('p', 's', now()) returning id`.execute(
    target,
  )
  const highest = before.changed_hours?.map((row) => Number(row.split(',')[1])) ?? []
  expect(Number(given.rows[0]?.id)).toBe(Math.max(...highest) + 1)
})

test('a backup that is taken while answers come shows one moment', async () => {
  const { db: source } = await migrated()
  const { project, sell } = await openShop(source)
  await sell()
  const before = await contentOf(source)
  let isSelling = true
  const selling = Promise.all(
    [1, 2].map(async () => {
      while (isSelling) await sell()
    }),
  )
  for (let at = 0; at < 5; at++) await sell()
  await backUp(source, file)
  isSelling = false
  await selling
  const after = await contentOf(source)

  const { db: target } = await empty()
  await restoreBackup(target, file)
  const restored = await contentOf(target)
  for (const table of Object.keys(before)) {
    expect(restored[table]).toEqual(expect.arrayContaining(before[table] ?? []))
    expect(new Set(after[table])).toEqual(new Set([...(after[table] ?? []), ...(restored[table] ?? [])]))
  }
  // One statement stored them, so they are there together.
  const { rows } = await sql<{ responses: number; comments: number; displays: number; losses: number }>`
    select (select count(*)::int from responses where project_id = ${project.id}) as responses,
      (select count(*)::int from comments where project_id = ${project.id}) as comments,
      (select count(*)::int from displays where project_id = ${project.id}) as displays,
      (select count(*)::int from losses where project_id = ${project.id}) as losses`.execute(target)
  const [found] = rows
  expect(found).toEqual({
    responses: found?.responses,
    comments: found?.responses,
    displays: (found?.responses ?? 0) / 20,
    losses: (found?.responses ?? 0) / 20,
  })
  expect(found?.responses).toBeGreaterThanOrEqual(120)
})

test('a backup of an older version comes back and is brought up to date', async () => {
  const { db: old, url } = await empty()
  const then = Object.fromEntries(Object.entries(migrations).filter(([name]) => name <= '0006-project-usage'))
  await migrateToLatest(old, { migrations: then })
  const recorded = new URL('previous-builds/schema-0006.jsonl', import.meta.url)
  const statements = (await readFile(recorded, 'utf8')).trim().split('\n')
  await replayStatements(
    url,
    statements.map((line): Statement => JSON.parse(line)),
  )
  const before = await contentOf(old)
  await backUp(old, file)

  const { db: target } = await empty()
  const manifest = await restoreBackup(target, file)
  expect(manifest.migrations).toEqual(Object.keys(then))
  expect(await migrateToLatest(target)).toEqual([])
  expect(counts(await contentOf(target))).toMatchObject(counts(before))
  await migrateToLatest(old)
  expect(await contentOf(target)).toEqual(await contentOf(old))
  expect(await reportsOf(target)).toEqual(await reportsOf(old))
})

test('a backup of a newer build is refused with what it has', async () => {
  const { db: source } = await migrated()
  await migrateToLatest(source, { migrations: colour })
  await backUp(source, file)
  const { db: target } = await empty()
  await expect(restoreBackup(target, file)).rejects.toThrow(/newer build, which has 9001-colour/)
  expect(await tablesOf(target)).toEqual([])
})

test('a database with rows, or of another version, is not restored into', async () => {
  const { db: source } = await migrated()
  await backUp(source, file)
  const { db: used } = await migrated()
  await createProject(used, { name: 'Mine' })
  const before = await contentOf(used)
  await expect(restoreBackup(used, file)).rejects.toThrow(/not empty: projects has rows\. .*DATABASE_URL/)
  expect(await contentOf(used)).toEqual(before)
  const { db: other } = await migrated()
  await migrateToLatest(other, { migrations: colour })
  await expect(restoreBackup(other, file)).rejects.toThrow(/of another version than the backup/)
})

test('a file that is cut off, or changed anywhere, is refused before anything is written', async () => {
  const { db: source } = await migrated()
  const { sell } = await openShop(source)
  await sell()
  await backUp(source, file)
  const whole = await readFile(file)
  const { db: target } = await empty()
  const plain = gunzipSync(whole)
  const replaced = (from: string, to: string) => {
    const at = plain.indexOf(from)
    expect(at).toBeGreaterThan(0)
    const changed = Buffer.from(plain)
    changed.write(to, at)
    return gzipSync(changed)
  }
  const at = (share: number) => Math.floor(whole.length * share)
  const flipped = (place: number) => {
    const changed = Buffer.from(whole)
    changed[place] = (changed[place] ?? 0) ^ 1
    return changed
  }
  const damaged: Record<string, Buffer> = {
    'nothing at all': Buffer.alloc(0),
    'not a backup': Buffer.from('hello'),
    'another archive': gzipSync(Buffer.alloc(1024)),
    'a tenth of it': whole.subarray(0, at(0.1)),
    'half of it': whole.subarray(0, at(0.5)),
    'all but a byte': whole.subarray(0, -1),
    'without its end, compressed again': gzipSync(plain.subarray(0, plain.indexOf('manifest.json'))),
    'an answer, compressed again': replaced('Delivery', 'delivery'),
    'a count, compressed again': replaced('"rows": 2', '"rows": 1'),
    'a table, compressed again': replaced('data/responses/', 'data/displays_/'),
    'one bit at a third': flipped(at(1 / 3)),
    'one bit near the end': flipped(whole.length - 6),
  }
  for (const [what, content] of Object.entries(damaged)) {
    await writeFile(file, content)
    await expect(restoreBackup(target, file), what).rejects.toThrow(BackupError)
    expect(await tablesOf(target), what).toEqual([])
  }
  await writeFile(file, whole)
  await restoreBackup(target, file)
  expect(await contentOf(target)).toEqual(await contentOf(source))
})

test('a restore that fails at its very end keeps no row, and may be tried again', async () => {
  const { db: source } = await migrated()
  const { sell } = await openShop(source)
  await sell()
  await backUp(source, file)
  const { db: target } = await empty()
  const failing = restoreBackup(target, file, {
    onProgress: ({ step, table }) => {
      if (step === 'verify' && table === 'surveys') throw new Error('the lights went out')
    },
  })
  await expect(failing).rejects.toThrow('the lights went out')
  expect(new Set(Object.values(counts(await contentOf(target))))).toEqual(new Set([0]))
  await restoreBackup(target, file)
  expect(await contentOf(target)).toEqual(await contentOf(source))
})

test('the file is private, whole when it has its name, and never written over', async () => {
  const { db: source } = await migrated()
  await backUp(source, file)
  expect(await readdir(folder)).toEqual(['heed.tar.gz'])
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  await expect(backUp(source, file)).rejects.toThrow(/exists already/)
  expect((await readArchive(file)).sums.map(({ name }) => name).sort()).toEqual(await tablesOf(source))

  const missing = join(folder, 'missing', 'heed.tar.gz')
  await expect(backUp(source, missing)).rejects.toThrow(/ENOENT/)
  const { db: never } = await empty()
  await expect(backUp(never, join(folder, 'never.tar.gz'))).rejects.toThrow(/nothing to back up/)
  expect(await readdir(folder)).toEqual(['heed.tar.gz'])
})
