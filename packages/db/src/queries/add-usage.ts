import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'

export interface ProjectUsage {
  projectId: string
  rows: number
  bytes: number
}

/**
 * Adds to what each project has stored today (UTC, by the database's clock) and gives the day's sums. Several
 * processes count together this way. A project that is gone is left out.
 */
export async function addUsage(
  db: Kysely<Database>,
  usage: readonly ProjectUsage[],
): Promise<ProjectUsage[]> {
  // In one order, or two processes that add to the same projects would wait for each other.
  const { rows } = await sql<ProjectUsage>`
    insert into project_usage as known (project_id, day, rows, bytes)
    select added."projectId", (now() at time zone 'utc')::date, added.rows, added.bytes
    from json_to_recordset(${JSON.stringify(usage)}::json) as added ("projectId" text, rows bigint, bytes bigint)
    join projects on projects.id = added."projectId"
    order by added."projectId"
    on conflict (project_id, day) do update
      set rows = known.rows + excluded.rows, bytes = known.bytes + excluded.bytes
    returning project_id as "projectId", rows::float8 as rows, bytes::float8 as bytes
  `.execute(db)
  return rows
}
