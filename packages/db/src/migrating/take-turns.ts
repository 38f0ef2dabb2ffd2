import { setTimeout as delay } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import { MigrationError } from './migration-error.ts'

// The lock that Kysely's own migrator takes: builds from before this one wait for us, and we for them.
const turn = 3853314791062309107n
const askEveryMs = 100
/** An index of a large table may take most of this. */
const giveUpAfterMs = 3_600_000

/**
 * Runs `work` while no other process migrates this database. It asks again and again instead of waiting inside the
 * server: a statement that waits holds a snapshot, and an index that is being built concurrently waits for the end of
 * every snapshot, so the two would wait for each other.
 */
export async function takeTurns<Result>(
  connection: Kysely<unknown>,
  onWait: (reason: string) => void,
  work: () => Promise<Result>,
): Promise<Result> {
  const giveUpAt = Date.now() + giveUpAfterMs
  for (let asked = 0; !(await isOurs(connection)); asked++) {
    if (asked === 0) onWait('another process is migrating this database')
    if (Date.now() > giveUpAt) throw new MigrationError('another process has been migrating for an hour')
    await delay(askEveryMs)
  }
  try {
    return await work()
  } finally {
    // A connection that broke has given its lock back.
    await sql`select pg_advisory_unlock(${turn})`.execute(connection).catch(() => {})
  }
}

async function isOurs(connection: Kysely<unknown>): Promise<boolean> {
  const { rows } = await sql<{ ours: boolean }>`select pg_try_advisory_lock(${turn}) as ours`.execute(
    connection,
  )
  return rows[0]?.ours === true
}
