import { type Kysely, sql } from 'kysely'
import type { Database } from './database.ts'
import { changeIndex } from './migrating/change-index.ts'
import type { Migration, Migrations } from './migrating/migration.ts'
import { MigrationError } from './migrating/migration-error.ts'
import { addToRecord, createRecord, readRecord } from './migrating/migration-record.ts'
import { type Patience, retryLocked } from './migrating/retry-locked.ts'
import { takeTurns } from './migrating/take-turns.ts'
import { migrations } from './migrations/index.ts'
import { openPatient } from './open-database.ts'
import { grantRoles } from './roles/grant-roles.ts'
import { isStranger, takeOrMakeRoles } from './roles/make-roles.ts'
import { findRoleNames } from './roles/role-names.ts'

export interface MigrateOptions {
  /** Longest that an attempt waits for a table lock, in milliseconds; traffic queues behind it as long. @default 2_000 */
  lockTimeoutMs?: number
  /** How long one migration is tried while others hold its locks, in milliseconds. @default 120_000 */
  giveUpAfterMs?: number
  /** Told in words when it has to wait for other sessions. */
  onWait?: (reason: string) => void
  /** @default those of this build */
  migrations?: Migrations
}

/**
 * Brings the schema up to date and returns the names of what ran. Processes that start together wait for each other.
 * Each migration is whole by itself, so an interrupted run is finished by the next. Names that this build does not know
 * are of a newer one, whose schema an older build works on. Throws MigrationError.
 */
export async function migrateToLatest(db: Kysely<Database>, options: MigrateOptions = {}): Promise<string[]> {
  const { lockTimeoutMs = 2_000, giveUpAfterMs = 120_000, onWait = () => {} } = options
  const patience = { lockTimeoutMs, giveUpAfterMs, onWait }
  const known = Object.entries(options.migrations ?? migrations)
  // Migrations know nothing of today's tables.
  const watcher = openPatient(db) as unknown as Kysely<unknown>
  try {
    return await watcher.connection().execute((connection) =>
      takeTurns(connection, onWait, async () => {
        await createRecord(connection)
        const ran = await readRecord(connection)
        const waiting = known.filter(([name]) => !ran.has(name))
        for (const [name, migration] of waiting) {
          await runOne(name, migration, { connection, watcher }, patience)
        }
        if (options.migrations === undefined) await giveRights({ connection, watcher }, patience)
        return waiting.map(([name]) => name)
      }),
    )
  } finally {
    await watcher.destroy()
  }
}

interface Handles {
  connection: Kysely<unknown>
  watcher: Kysely<unknown>
}

async function runOne(
  name: string,
  migration: Migration,
  handles: Handles,
  patience: Patience,
): Promise<void> {
  const { connection } = handles
  if ('up' in migration) {
    await retryLocked(name, handles, patience, () =>
      connection.transaction().execute(async (trx) => {
        await setLockTimeout(trx, patience)
        await migration.up(trx)
        await addToRecord(trx, name)
      }),
    )
    return
  }
  // Nothing queues behind an index that is built concurrently, so it may wait for transactions under way at leisure.
  await sql`select set_config('lock_timeout', ${`${patience.giveUpAfterMs}ms`}, false)`.execute(connection)
  for (const change of migration.indexes) {
    await retryLocked(name, handles, patience, () => changeIndex(connection, change))
  }
  await addToRecord(connection, name)
}

/** Also of a database that was restored, or whose roles an administrator has made meanwhile. */
async function giveRights(handles: Handles, patience: Patience): Promise<void> {
  const { connection } = handles
  const names = await findRoleNames(connection)
  if (await isStranger(connection)) {
    throw new MigrationError(
      `the tables belong to "${names.owner}", without whose rights nothing can be read; connect as that user, or grant it to this one`,
    )
  }
  if (!(await takeOrMakeRoles(connection, names))) return
  await retryLocked('of the roles', handles, patience, () =>
    connection.transaction().execute(async (trx) => {
      await setLockTimeout(trx, patience)
      await grantRoles(trx, names)
    }),
  )
}

const setLockTimeout = (trx: Kysely<unknown>, { lockTimeoutMs }: Patience) =>
  sql`select set_config('lock_timeout', ${`${lockTimeoutMs}ms`}, true)`.execute(trx)
