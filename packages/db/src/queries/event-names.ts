import { type HeardEvent, maxEventNames } from '@heed/contract'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'

/** Remembers names that are new to the project, as long as it has fewer than `maxEventNames`; what is known stays. */
export async function storeEventNames(
  db: Kysely<Database>,
  projectId: string,
  names: readonly string[],
): Promise<void> {
  await sql`
    with known as (select name from event_names where project_id = ${projectId})
    insert into event_names (project_id, name)
    select ${projectId}, name from unnest(${[...names]}::text[]) as given (name)
    where name not in (select name from known)
    limit greatest(0, ${maxEventNames} - (select count(*) from known))
    on conflict do nothing
  `.execute(db)
}

/** Every event that a page of the project has sent, by name. */
export async function listEventNames(db: Kysely<Database>, projectId: string): Promise<HeardEvent[]> {
  const rows = await db
    .selectFrom('event_names')
    .select(['name', 'first_seen_at'])
    .where('project_id', '=', projectId)
    .orderBy('name')
    .execute()
  return rows.map((row) => ({ name: row.name, firstSeenAt: row.first_seen_at.toISOString() }))
}
