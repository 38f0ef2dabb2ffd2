import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  type Database,
  type MigrateOptions,
  MigrationError,
  migrateToLatest,
  openDatabase,
  storeBatch,
} from '@heed/db'
import { type FreshDatabase, freshDatabase } from '@heed/test-stack/fresh-database'
import { type Kysely, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { migrations } from '../src/migrations/index.ts'
import { rowsOf } from './make-rows.ts'
import { colour, colourIndexes } from './migrating/colour.ts'

let fresh: FreshDatabase
let handles: Kysely<Database>[]

const open = (application = 'heed tests') => {
  const db = openDatabase({ url: fresh.url, application, statementTimeoutMs: 2_000 })
  handles.push(db)
  return db
}

beforeEach(async () => {
  fresh = await freshDatabase()
  handles = []
})

afterEach(async () => {
  await Promise.all(handles.map((db) => db.destroy()))
  await fresh.drop()
})

const both = { ...colour, ...colourIndexes }

/** Keeps a transaction open that has done `statement`, until it is told to end. */
async function hold(statement: string): Promise<() => Promise<void>> {
  const trx = await open('heed holder').startTransaction().execute()
  await sql.raw(statement).execute(trx)
  return async () => {
    await trx.commit().execute()
  }
}

const anAnswer = `insert into losses (project_id, id, reason, count) values ('p', gen_random_uuid(), 'quota', 1)`

/** Resolves with the first reason to wait; the run goes on. */
function startMigrating(options: MigrateOptions) {
  let done: Promise<string[]> = Promise.resolve([])
  const waits = new Promise<string>((resolve) => {
    done = migrateToLatest(open(), { ...options, onWait: resolve })
  })
  return { waits, done }
}

const indexesOf = async (db: Kysely<Database>) => {
  const { rows } = await sql<{ name: string; valid: boolean }>`
    select c.relname as name, i.indisvalid as valid from pg_index i join pg_class c on c.oid = i.indexrelid
    where c.relname in ('losses_colour_idx', 'losses_report_idx') order by 1`.execute(db)
  return rows
}
const finished = [{ name: 'losses_colour_idx', valid: true }]

test('an index is built and dropped beside the traffic, by one of several processes that start at once', async () => {
  const started = [open(), open(), open()]
  const ran = await Promise.all(started.map((db) => migrateToLatest(db, { migrations: both })))
  expect(ran.flat()).toEqual(Object.keys(both))
  expect(await indexesOf(open())).toEqual(finished)
})

test('a migration that waits for a table lock holds answers up for its lock timeout only, and gets through afterwards', async () => {
  const release = await hold('select from losses')
  const { waits, done } = startMigrating({ migrations: colour, lockTimeoutMs: 200 })
  let isWaiting = true
  void waits.then(() => {
    isWaiting = false
  })
  const shop = open()
  const { loss } = rowsOf('p')
  let stored = 0
  // A statement that took longer than 2 s would fail here.
  do {
    await storeBatch(shop, { responses: [], displays: [], losses: [loss()] })
    stored += 1
  } while (isWaiting)
  expect(await waits).toMatch(
    /^migration 9001-colour waits for AccessExclusiveLock on losses, held by process \d+ \("heed holder", idle in transaction, /,
  )
  await storeBatch(shop, { responses: [], displays: [], losses: [loss()] })
  await release()
  expect(await done).toEqual(['9001-colour'])
  const kept = await sql<{ colour: string }>`select distinct colour from losses`.execute(shop)
  expect(kept.rows).toEqual([{ colour: 'none' }])
  expect(stored).toBeGreaterThan(0)
})

test('one that never gets its lock says which, who holds it and what to do, and leaves the schema as it was', async () => {
  const release = await hold('select from losses')
  const failed = await migrateToLatest(open(), {
    migrations: colour,
    lockTimeoutMs: 100,
    giveUpAfterMs: 200,
  }).catch((error: unknown) => error)
  expect(failed).toBeInstanceOf(MigrationError)
  expect((failed as Error).message).toMatch(
    /9001-colour waits for .* on losses, held by process \d+ .*pg_terminate_backend/,
  )
  await release()
  expect(await migrateToLatest(open(), { migrations: both })).toEqual(Object.keys(both))
})

test('one that is wrong is named with its cause, and what ran before it stays', async () => {
  const wrong = {
    ...colour,
    '9002-wrong': {
      up: async (trx: Kysely<unknown>) => {
        await sql`alter table losses drop column colour`.execute(trx)
        await sql`select nothing`.execute(trx)
      },
    },
  }
  await expect(migrateToLatest(open(), { migrations: wrong })).rejects.toMatchObject({
    message: 'migration 9002-wrong failed',
    cause: { message: 'column "nothing" does not exist' },
  })
  expect(await migrateToLatest(open(), { migrations: both })).toEqual(['9002-colour-indexes'])
})

/** Kills the process at the point where its index is half built: it waits for a transaction that `release` ends. */
async function killWhileIndexing() {
  await migrateToLatest(open(), { migrations: colour })
  const release = await hold(anAnswer)
  const script = new URL('migrating/migrate-colour.ts', import.meta.url).pathname
  const child = spawn(process.execPath, ['--conditions=@heed/source', script, fresh.url])
  const ended = once(child, 'exit')
  await vi.waitFor(
    async () => expect(await indexesOf(open())).toContainEqual({ ...finished[0], valid: false }),
    {
      timeout: 15_000,
    },
  )
  child.kill('SIGKILL')
  await ended
  return release
}

test('an index whose process was killed is finished by the server, and the next start waits for it', async () => {
  const release = await killWhileIndexing()
  const { waits, done } = startMigrating({ migrations: both })
  expect(await waits).toBe('another process is migrating this database')
  await release()
  expect(await done).toEqual(['9002-colour-indexes'])
  expect(await indexesOf(open())).toEqual(finished)
})

test('an index that was left half built is built anew by the next start', async () => {
  const release = await killWhileIndexing()
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and query like 'create index%' and pid <> pg_backend_pid()`.execute(
    open(),
  )
  await release()
  expect(await migrateToLatest(open(), { migrations: both })).toEqual(['9002-colour-indexes'])
  expect(await indexesOf(open())).toEqual(finished)
})

test('an older build starts on the schema of a newer one', async () => {
  await migrateToLatest(open(), { migrations: { ...migrations, ...both } })
  expect(await migrateToLatest(open())).toEqual([])
})

test('a build from before this way of migrating starts on the newest schema', async () => {
  const old = Object.fromEntries(Object.entries(migrations).filter(([name]) => name <= '0006-project-usage'))
  const provider = { getMigrations: async () => old as Record<string, { up(): Promise<void> }> }
  const { error, results } = await new Migrator({ db: open(), provider }).migrateToLatest()
  expect(error).toBeUndefined()
  expect(results).toEqual([])
})

test('a database that such a build made is taken further', async () => {
  const before = open()
  await sql`drop schema public cascade`.execute(before)
  await sql`create schema public`.execute(before)
  const old = Object.fromEntries(Object.entries(migrations).filter(([name]) => name <= '0006-project-usage'))
  const provider = {
    getMigrations: async () => old as Record<string, { up(db: Kysely<unknown>): Promise<void> }>,
  }
  expect((await new Migrator({ db: before, provider }).migrateToLatest()).error).toBeUndefined()
  const newer = Object.keys(migrations).filter((name) => name > '0006-project-usage')
  expect(await migrateToLatest(open(), { migrations: { ...migrations, ...both } })).toEqual([
    ...newer,
    ...Object.keys(both),
  ])
})
