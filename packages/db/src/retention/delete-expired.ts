import { type Kysely, sql, type Transaction } from 'kysely'
import { writeAudit } from '../audit/write-audit.ts'
import type { Database } from '../database.ts'
import { markChangedHours } from '../rollups/mark-changed-hours.ts'
import { type ExpiredCounts, isAbandoned, isOldUsage, nothingExpired } from './expired.ts'
import { type BatchOptions, inShortTransactions } from './in-short-transactions.ts'

export interface ExpiredProject {
  projectId: string
  /** An end of an hour; what came in before it goes. */
  before: Date
  /** Who asked for it: `job` or `cli`. */
  actor: string
}

/**
 * Deletes what came in before that moment, in short transactions, and gives how many rows. Rows that others hold are
 * passed over and go with the next run. Hours lose their rows and are counted again like any that changed, so at every
 * moment numbers are those of the rows that are left. The first transaction says in the audit log what the run is about.
 */
export async function deleteExpired(
  db: Kysely<Database>,
  expired: ExpiredProject,
  options: BatchOptions = {},
): Promise<ExpiredCounts> {
  const { projectId, before } = expired
  const total: ExpiredCounts = { ...nothingExpired }
  let isNoted = false

  /** Deletes by `step` until it finds less than it might. */
  async function run(step: (trx: Transaction<Database>, size: number) => Promise<Partial<ExpiredCounts>>) {
    await inShortTransactions(db, options, {
      async run(trx, size) {
        const gone = await step(trx, size)
        const counts = Object.values(gone)
        if (!isNoted && counts.some((count) => count > 0)) await note(trx, expired)
        return gone
      },
      done(gone, size) {
        for (const [kind, count] of Object.entries(gone) as [keyof ExpiredCounts, number][]) {
          total[kind] += count
          if (count > 0) isNoted = true
        }
        return Object.values(gone).some((count) => count >= size)
      },
    })
  }

  const surveys = await db.selectFrom('surveys').select('id').where('project_id', '=', projectId).execute()
  for (const { id: surveyId } of surveys) {
    const from = { responses: '-infinity', displays: '-infinity' }
    await run(async (trx, size) => {
      const { reached, ...gone } = await deleteResponses(trx, expired, surveyId, from.responses, size)
      from.responses = reached ?? from.responses
      return gone
    })
    await run(async (trx, size) => {
      const { reached, displays } = await deleteDisplays(trx, expired, surveyId, from.displays, size)
      from.displays = reached ?? from.displays
      return { displays }
    })
  }
  for (const table of ['losses', 'rejects'] as const) {
    await run(async (trx, size) => ({ [table]: await deleteOldest(trx, table, expired, size) }))
  }
  await run(async (trx, size) => {
    const { numAffectedRows } = await sql`
      delete from screenshots s where ${isAbandoned(projectId, before)} and s.response_id in (
        select s.response_id from screenshots s where ${isAbandoned(projectId, before)}
        order by s.received_at limit ${size} for update skip locked)`.execute(trx)
    return { screenshots: Number(numAffectedRows ?? 0n) }
  })
  await run(async (trx) => {
    const { numAffectedRows } =
      await sql`delete from project_usage where ${isOldUsage(projectId, before)}`.execute(trx)
    return { usage: Number(numAffectedRows ?? 0n) }
  })
  return total
}

/** Without numbers: they are not known before the end. The moment says exactly what was deleted. */
async function note(trx: Transaction<Database>, { projectId, actor, before }: ExpiredProject): Promise<void> {
  await writeAudit(
    trx,
    { projectId, actor },
    { action: 'responses.expired', details: { receivedBefore: before.toISOString() } },
  )
}

// Each goes on where the one before ended (`from`): the index still has the rows that are gone, and to step over them
// again in every batch would make a long run quadratic. As text, because a Date would cut the moment to milliseconds.

interface Step {
  reached: string | null
}

/** With the words and the picture of each. */
async function deleteResponses(
  trx: Transaction<Database>,
  { projectId, before }: ExpiredProject,
  surveyId: string,
  from: string,
  size: number,
): Promise<Step & Pick<ExpiredCounts, 'responses' | 'comments' | 'screenshots'>> {
  const { rows } = await sql<Step & Pick<ExpiredCounts, 'responses' | 'comments' | 'screenshots'>>`
    with old as materialized (
      select id from responses
      where project_id = ${projectId} and survey_id = ${surveyId}
        and received_at >= ${from}::timestamptz and received_at < ${before}
      order by received_at, id limit ${size} for update skip locked
    ), gone as (
      delete from responses r using old where r.project_id = ${projectId} and r.id = old.id
      returning r.project_id, r.survey_id, r.received_at, r.id
    ), marks as (
      ${sql.raw(markChangedHours('gone'))}
    ), words as (
      delete from comments c using gone where c.project_id = ${projectId} and c.id = gone.id returning 1
    ), pictures as (
      delete from screenshots s using gone where s.project_id = ${projectId} and s.response_id = gone.id returning 1
    )
    select (select max(received_at)::text from gone) as reached, (select count(*)::int from gone) as responses,
      (select count(*)::int from words) as comments, (select count(*)::int from pictures) as screenshots`.execute(
    trx,
  )
  return rows[0] ?? { reached: null, responses: 0, comments: 0, screenshots: 0 }
}

async function deleteDisplays(
  trx: Transaction<Database>,
  { projectId, before }: ExpiredProject,
  surveyId: string,
  from: string,
  size: number,
): Promise<Step & Pick<ExpiredCounts, 'displays'>> {
  const { rows } = await sql<Step & Pick<ExpiredCounts, 'displays'>>`
    with old as materialized (
      select id from displays
      where project_id = ${projectId} and survey_id = ${surveyId}
        and received_at >= ${from}::timestamptz and received_at < ${before}
      order by received_at limit ${size} for update skip locked
    ), gone as (
      delete from displays d using old where d.project_id = ${projectId} and d.id = old.id returning d.received_at
    )
    select (select max(received_at)::text from gone) as reached, (select count(*)::int from gone) as displays`.execute(
    trx,
  )
  return rows[0] ?? { reached: null, displays: 0 }
}

async function deleteOldest(
  trx: Transaction<Database>,
  table: 'losses' | 'rejects',
  { projectId, before }: ExpiredProject,
  size: number,
): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from ${sql.table(table)} where project_id = ${projectId} and id in (
      select id from ${sql.table(table)} where project_id = ${projectId} and received_at < ${before}
      order by received_at limit ${size} for update skip locked)`.execute(trx)
  return Number(numAffectedRows ?? 0n)
}
