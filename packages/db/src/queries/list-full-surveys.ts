import { type Kysely, sql } from 'kysely'
import { isCounted } from '../conditions/is-counted.ts'
import type { Database } from '../database.ts'

/**
 * Ids of live surveys that have all the responses their published version asks for (`maxResponses`): those that are in
 * the project's numbers, or bots could end a survey. Counting stops at the limit, and the index alone answers.
 */
export async function listFullSurveys(db: Kysely<Database>, projectId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select s.id from surveys s
      join projects p on p.id = s.project_id
      join survey_versions v on v.project_id = s.project_id and v.survey_id = s.id and v.version = s.version
      cross join lateral (select (v.definition ->> 'maxResponses')::float8 as most) wanted
      cross join lateral (
        select count(*) as n from (
          select from responses r
          where r.project_id = s.project_id and r.survey_id = s.id and ${isCounted(true)}
            and (not r.suspicious or p.settings ->> 'suspicious' = 'include')
          limit coalesce(most, 0)::bigint
        ) counted
      ) had
    where s.project_id = ${projectId} and s.status = 'live' and most is not null and n >= most
  `.execute(db)
  return rows.map(({ id }) => id)
}
