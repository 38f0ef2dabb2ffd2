import { type RawBuilder, sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'
import { markChangedHours } from '../rollups/mark-changed-hours.ts'
import { markUnsettled } from '../rounds/mark-unsettled.ts'

/** What went, or is there to go. */
export interface ErasureCounts {
  responses: number
  displays: number
  screenshots: number
  rejects: number
}

/** Responses of one transaction: with all that belongs to them it takes some milliseconds. */
export const erasedAtOnce = 500

/**
 * Deletes up to `erasedAtOnce` of the responses that `claim` is true of, with their words, and notes their ids, so that
 * whatever comes with them later goes too. Their hours are counted again, and which answers of their visitors count is
 * found out again. Gives the ids.
 * Locks as ingest does, by id, so neither ever waits for the other in a circle.
 */
export async function eraseResponses(
  trx: Transaction<Database>,
  projectId: string,
  claim: RawBuilder<boolean>,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with found as materialized (
      select id from responses where project_id = ${projectId} and ${claim}
      order by id limit ${erasedAtOnce} for update
    ), gone as (
      delete from responses r using found where r.project_id = ${projectId} and r.id = found.id
      returning r.project_id, r.survey_id, r.visitor, r.received_at, r.id
    ), hours as (
      ${sql.raw(markChangedHours('gone'))}
    ), visitors as (
      ${sql.raw(markUnsettled('gone'))}
    ), words as (
      delete from comments c using gone where c.project_id = ${projectId} and c.id = gone.id
    ), noted as (
      insert into erased_responses as known (project_id, id, erased_at)
      select project_id, id, now() from gone order by id
      on conflict (project_id, id) do update set erased_at = excluded.erased_at
    )
    select id from gone`.execute(trx)
  return rows.map(({ id }) => id)
}

/** Deletes displays and pictures of these ids. */
export async function eraseAttached(
  trx: Transaction<Database>,
  projectId: string,
  ids: readonly string[],
): Promise<Pick<ErasureCounts, 'displays' | 'screenshots'>> {
  if (ids.length === 0) return { displays: 0, screenshots: 0 }
  const displays = await sql`
    with found as materialized (
      select id from displays where project_id = ${projectId} and id = any(${ids}::uuid[]) order by id for update
    )
    delete from displays d using found where d.project_id = ${projectId} and d.id = found.id`.execute(trx)
  const screenshots = await sql`
    delete from screenshots where project_id = ${projectId} and response_id = any(${ids}::uuid[])`.execute(
    trx,
  )
  return {
    displays: Number(displays.numAffectedRows ?? 0n),
    screenshots: Number(screenshots.numAffectedRows ?? 0n),
  }
}

/** Deletes refused items that `claim` is true of, and those that carry one of these ids; gives how many. */
export async function eraseRejects(
  trx: Transaction<Database>,
  projectId: string,
  claim: RawBuilder<boolean>,
  ids: readonly string[],
): Promise<number> {
  const gone = await sql`
    delete from rejects where project_id = ${projectId} and (${claim} or response_id = any(${ids}::text[]))`.execute(
    trx,
  )
  return Number(gone.numAffectedRows ?? 0n)
}
