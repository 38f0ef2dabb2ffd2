import { type Kysely, sql } from 'kysely'

// Frozen: what was released is never edited, a change is a new migration.
export async function up(db: Kysely<unknown>): Promise<void> {
  // What each project stored on each day, UTC, as the API processes count it. Updated every few seconds: no index but
  // the key, and room on the page for the next version of a row.
  await sql`
    create table project_usage (
      day date not null,
      rows bigint not null,
      bytes bigint not null,
      project_id text not null,
      constraint project_usage_pkey primary key (project_id, day),
      constraint project_usage_project_fkey foreign key (project_id) references projects on delete cascade
    ) with (fillfactor = 70)`.execute(db)
}
