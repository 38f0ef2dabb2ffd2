import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'

export interface BatchOptions {
  /** Ends the run after the transaction under way. */
  signal?: AbortSignal
  /** Rows of one transaction, fewer where they take too long. @default 500 */
  size?: number
}

/** Longest wait for a lock, and how long one statement may take. */
const patience = { lockMs: 2_000, statementMs: 5_000 }
const attempts = 5
/** SQLSTATE: a lock was not to be had, or two waited for each other; a statement took too long. */
const codes = { locked: ['55P03', '40P01'], slow: '57014' }

/**
 * Runs transactions one after the other for as long as `done` says that there is more. One that takes too long is tried
 * with fewer rows, one that waits too long for somebody else's lock a few times; then the error is the caller's.
 */
export async function inShortTransactions<Result>(
  db: Kysely<Database>,
  { signal, size: most = 500 }: BatchOptions,
  step: {
    run(trx: Transaction<Database>, size: number): Promise<Result>
    /** After the commit. True: there is more. */
    done(result: Result, size: number): boolean
  },
): Promise<void> {
  let size = most
  let failures = 0
  while (!signal?.aborted) {
    try {
      const result = await db.transaction().execute(async (trx) => {
        await sql`select set_config('lock_timeout', ${`${patience.lockMs}ms`}, true),
          set_config('statement_timeout', ${`${patience.statementMs}ms`}, true)`.execute(trx)
        return step.run(trx, size)
      })
      failures = 0
      if (!step.done(result, size)) return
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      const isSlow = code === codes.slow && size > 1
      failures += 1
      if (failures >= attempts || !(isSlow || codes.locked.includes(code))) throw error
      if (isSlow) size = Math.ceil(size / 4)
    }
  }
}
