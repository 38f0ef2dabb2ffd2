import { type Kysely, sql } from 'kysely'
import { personReference } from '../audit/person-reference.ts'
import { writeAudit } from '../audit/write-audit.ts'
import type { Database } from '../database.ts'
import { retryDeadlocked } from '../queries/retry-deadlocked.ts'
import { eraseLate } from './erase-person.ts'
import { eraseAttached, erasedAtOnce, eraseRejects, eraseResponses } from './erase-rows.ts'
import type { Person } from './person.ts'

/** An answer waits on a device for 7 days at most, and then as a dead letter of the stream for 30. */
const rememberedDays = 40

const auditorOf = (projectId: string) => ({ projectId, actor: 'job' })

/**
 * Erases what has come since of everybody who was erased lately: answers that they gave before, and whatever has the id
 * of an erased response. Forgets erasures that nothing can come of any more. Any number of processes may run it at once.
 */
export async function sweepErased(
  db: Kysely<Database>,
  { signal }: { signal?: AbortSignal } = {},
): Promise<void> {
  const { rows } = await sql<{ projectId: string }>`
    select project_id as "projectId" from erasures union select project_id from erased_responses`.execute(db)
  for (const { projectId } of rows) {
    await sweepPersons(db, projectId, signal)
    await sweepIds(db, projectId, signal)
    if (signal?.aborted) return
    const isOld = sql<boolean>`project_id = ${projectId} and erased_at < now() - ${rememberedDays} * interval '24 hours'`
    await db.deleteFrom('erasures').where(isOld).execute()
    await db.deleteFrom('erased_responses').where(isOld).execute()
  }
}

async function sweepPersons(
  db: Kysely<Database>,
  projectId: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const step = 1000
  let after: Person | undefined
  while (!signal?.aborted) {
    const page = await sql<Person>`
      select kind, person as id from erasures
      where project_id = ${projectId} and (kind, person) > (${after?.kind ?? ''}, ${after?.id ?? ''})
      order by kind, person limit ${step}`.execute(db)
    for (const person of await findLate(db, projectId, page.rows)) {
      if (signal?.aborted) return
      const reference = await personReference(db, projectId, person)
      await eraseLate(db, auditorOf(projectId), { ...person, reference })
    }
    after = page.rows.at(-1)
    if (page.rows.length < step) return
  }
}

/** Those of whom something has come. One look into the index for each: `limit` keeps the planner from a wider one. */
async function findLate(db: Kysely<Database>, projectId: string, persons: Person[]): Promise<Person[]> {
  const given = JSON.stringify(persons)
  const { rows } = await sql<Person>`
    with erased as materialized (
      select e.kind, e.person as id, e.erased_at
      from json_to_recordset(${given}::json) as given (kind text, id text)
        join erasures e on e.project_id = ${projectId} and e.kind = given.kind and e.person = given.id
    )
    select e.kind, e.id from erased e cross join lateral (
      select from responses r
      where r.project_id = ${projectId} and r.visitor = e.id and r.occurred_at <= e.erased_at limit 1
    ) late where e.kind = 'visitor'
    union
    select e.kind, e.id from erased e cross join lateral (
      select from responses r
      where r.project_id = ${projectId} and r.subject = e.id and r.occurred_at <= e.erased_at limit 1
    ) late where e.kind = 'subject'
    union
    select e.kind, e.id from erased e join rejects r
      on r.project_id = ${projectId} and e.id = case e.kind when 'visitor' then r.visitor else r.subject end`.execute(
    db,
  )
  return rows
}

async function sweepIds(
  db: Kysely<Database>,
  projectId: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  let after = '00000000-0000-0000-0000-000000000000'
  while (!signal?.aborted) {
    const { rows } = await sql<{ id: string }>`
      select id from erased_responses where project_id = ${projectId} and id > ${after}
      order by id limit ${erasedAtOnce}`.execute(db)
    const last = rows.at(-1)
    if (!last) return
    await eraseIds(
      db,
      projectId,
      rows.map(({ id }) => id),
    )
    after = last.id
  }
}

async function eraseIds(db: Kysely<Database>, projectId: string, ids: string[]): Promise<void> {
  await retryDeadlocked(() =>
    db.transaction().execute(async (trx) => {
      const come = await eraseResponses(trx, projectId, sql`id = any(${ids}::uuid[])`)
      const attached = await eraseAttached(trx, projectId, ids)
      const rejects = await eraseRejects(trx, projectId, sql`false`, ids)
      const counts = { responses: come.length, ...attached, rejects }
      if (Object.values(counts).some((count) => count > 0)) {
        await writeAudit(trx, auditorOf(projectId), { action: 'responses.erased', details: counts })
      }
    }),
  )
}
