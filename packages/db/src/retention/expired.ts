import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Database } from '../database.ts'

/** Rows that are older than a project keeps them, by table. `usage`: days of it. */
export interface ExpiredCounts {
  responses: number
  comments: number
  screenshots: number
  displays: number
  losses: number
  rejects: number
  usage: number
}

export const nothingExpired: Readonly<ExpiredCounts> = {
  responses: 0,
  comments: 0,
  screenshots: 0,
  displays: 0,
  losses: 0,
  rejects: 0,
  usage: 0,
}

/**
 * What came in before this moment is not kept any more, by the database's clock: an end of an hour, UTC, so that each
 * hour goes as a whole.
 */
export async function retentionLimit(db: Kysely<Database>, days: number): Promise<Date> {
  const { rows } = await sql<{ before: Date }>`
    select date_trunc('hour', now() - ${days} * interval '24 hours', 'UTC') as before`.execute(db)
  const [limit] = rows
  if (!limit) throw new Error('a query for one row gave none')
  return limit.before
}

/** Pictures that wait for a response which never came; any other goes with its response. */
export const isAbandoned = (projectId: string, before: Date): RawBuilder<boolean> => sql`
  s.project_id = ${projectId} and not s.settled and s.received_at < ${before}
  and not exists (select from responses r where r.project_id = s.project_id and r.id = s.response_id)`

export const isOldUsage = (projectId: string, before: Date): RawBuilder<boolean> =>
  sql`project_id = ${projectId} and day < (${before}::timestamptz at time zone 'UTC')::date`

/** How many rows of a project came in before this moment. */
export async function countExpired(
  db: Kysely<Database>,
  projectId: string,
  before: Date,
): Promise<ExpiredCounts> {
  const isOld = sql`project_id = ${projectId} and received_at < ${before}`
  const { rows } = await sql<ExpiredCounts>`
    with old as materialized (select id from responses where ${isOld})
    select
      (select count(*) from old)::float8 as responses,
      (select count(*) from old join comments c on c.project_id = ${projectId} and c.id = old.id)::float8 as comments,
      (select count(*) from old join screenshots s on s.project_id = ${projectId} and s.response_id = old.id)::float8
        + (select count(*) from screenshots s where ${isAbandoned(projectId, before)})::float8 as screenshots,
      (select count(*) from displays where ${isOld})::float8 as displays,
      (select count(*) from losses where ${isOld})::float8 as losses,
      (select count(*) from rejects where ${isOld})::float8 as rejects,
      (select count(*) from project_usage where ${isOldUsage(projectId, before)})::float8 as usage`.execute(
    db,
  )
  return { ...nothingExpired, ...rows[0] }
}
