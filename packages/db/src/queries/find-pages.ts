import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'

/** Public keys of the projects that have a live survey of this key on a page of its own; two at most, whose is unclear. */
export async function findPages(db: Kysely<Database>, surveyKey: string): Promise<string[]> {
  const { rows } = await sql<{ public_key: string }>`
    select p.public_key from surveys s
      join survey_versions v on v.project_id = s.project_id and v.survey_id = s.id and v.version = s.version
      join projects p on p.id = s.project_id
    where s.status = 'live' and v.definition ->> 'key' = ${surveyKey}
      and v.definition #>> '{display,kind}' = 'page'
    limit 2
  `.execute(db)
  return rows.map((row) => row.public_key)
}
