import { setTimeout as wait } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'

const hourMs = 3_600_000

/**
 * `received_at` is the time when its statement began, so an hour fills up after its end too. A statement may take this
 * long to its first write: longer than any that stores or changes responses is allowed to run.
 */
const marginSeconds = 60

/** The end of the newest hour that nobody can add to any more, exactly; undefined when somebody still writes. */
export async function endOfClosedHours(db: Kysely<Database>): Promise<Date | undefined> {
  const until = await closedUntil(db)
  return until && new Date(Math.floor(until.getTime() / hourMs) * hourMs)
}

/**
 * The moment before which no response can come in any more, exactly; undefined when somebody still writes.
 * Past the margin, every transaction with a statement of before has ended or has a number. From here on new ones get higher numbers,
 * so the time is closed as soon as all those with a lower one have ended, however long their commit takes. Only
 * transactions that write have numbers: a backup or a long report holds nothing up.
 */
export async function closedUntil(db: Kysely<Database>): Promise<Date | undefined> {
  const { rows } = await sql<{ until: Date; next: string }>`
    select now() - ${marginSeconds} * interval '1 second' as until,
      pg_snapshot_xmax(pg_current_snapshot())::text as next`.execute(db)
  const [now] = rows
  for (let attempt = 0; now && attempt < 20; attempt += 1) {
    const ended = await sql<{ all: boolean }>`
      select pg_snapshot_xmin(pg_current_snapshot()) >= ${now.next}::xid8 as "all"`.execute(db)
    if (ended.rows[0]?.all) return now.until
    await wait(50)
  }
  return undefined
}
