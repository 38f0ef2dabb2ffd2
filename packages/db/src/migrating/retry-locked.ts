import { setTimeout as delay } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import { describeBlockingLocks } from './blocking-locks.ts'
import { MigrationError } from './migration-error.ts'

export interface Patience {
  /** Longest that one attempt waits for a table lock, and with it everybody who comes after, in milliseconds. */
  lockTimeoutMs: number
  /** How long a migration is tried while others hold its locks, in milliseconds. */
  giveUpAfterMs: number
  /** Told in words when it has to wait. */
  onWait(reason: string): void
}

const pauseMs = { first: 250, longest: 5_000 }

/**
 * Tries again while others hold the locks that `attempt` needs. Between two attempts all the traffic that queued behind
 * the last one goes through, so what waits for the migration waits no longer than `lockTimeoutMs` at a time.
 */
export async function retryLocked(
  name: string,
  { connection, watcher }: { connection: Kysely<unknown>; watcher: Kysely<unknown> },
  patience: Patience,
  attempt: () => Promise<void>,
): Promise<void> {
  const giveUpAt = Date.now() + patience.giveUpAfterMs
  const pid = await pidOf(connection)
  let blockers: string | undefined
  for (let pause = pauseMs.first; ; pause = Math.min(pause * 2, pauseMs.longest)) {
    // Afterwards nobody could tell any more what it waited for.
    const look = setInterval(() => {
      describeBlockingLocks(watcher, pid).then(
        (found) => {
          if (found) blockers = found
        },
        () => {},
      )
    }, patience.lockTimeoutMs / 2)
    try {
      return await attempt()
    } catch (error) {
      if (!isLocked(error)) throw new MigrationError(`migration ${name} failed`, { cause: error })
      const waitsFor = `migration ${name} waits for ${blockers ?? 'a lock that another session holds'}`
      if (Date.now() + pause > giveUpAt) {
        const tried = Math.round(patience.giveUpAfterMs / 1_000)
        throw new MigrationError(
          `${waitsFor}; given up after ${tried} s. End that session (select pg_terminate_backend(<process>)) or let it finish, then start again`,
          { cause: error },
        )
      }
      patience.onWait(waitsFor)
    } finally {
      clearInterval(look)
    }
    // The first half is a pause for the traffic, the rest keeps several waiting jobs from falling into step.
    await delay(pause * (0.5 + Math.random() / 2))
  }
}

async function pidOf(connection: Kysely<unknown>): Promise<number> {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(connection)
  return rows[0]?.pid ?? 0
}

const lockCodes = new Set(['55P03', '40P01'])

/** Timed out on a lock, or chosen as the one to give way in a deadlock. */
function isLocked(error: unknown): boolean {
  return error instanceof Error && 'code' in error && lockCodes.has(String(error.code))
}
