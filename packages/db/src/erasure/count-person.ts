import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'
import type { ErasureCounts } from './erase-rows.ts'
import { idsOf, isOf, isRefusedOf, type Person } from './person.ts'

/** What `erasePerson` would delete now. */
export async function countPerson(
  db: Kysely<Database>,
  projectId: string,
  person: Person,
): Promise<ErasureCounts> {
  const ids = sql`${idsOf.answered(projectId, person)} union ${idsOf.refused(projectId, person)}`
  const { rows } = await sql<ErasureCounts>`
    select
      (select count(*)::int from responses where ${isOf(projectId, person)}) as responses,
      (select count(*)::int from displays where project_id = ${projectId} and id in (${ids})) as displays,
      (select count(*)::int from screenshots where project_id = ${projectId} and response_id in (${ids})) as screenshots,
      (select count(*)::int from rejects where ${isRefusedOf(projectId, person)}) as rejects`.execute(db)
  const [counts] = rows
  if (!counts) throw new Error('a query for one row gave none')
  return counts
}
