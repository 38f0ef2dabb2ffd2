import { type Kysely, sql } from 'kysely'

const tables = [
  'responses',
  'comments',
  'displays',
  'losses',
  'changed_hours',
  'score_hours',
  'rolled_surveys',
  'surveys',
  'survey_versions',
  'secret_keys',
  'project_secrets',
  'project_usage',
  'event_names',
  'screenshots',
  'rejects',
]

const written = ['responses', 'comments', 'displays', 'losses', 'changed_hours', 'unsettled_visitors']

// Frozen: what was released is never edited, a change is a new migration.
// The second wall between projects: whoever is not the owner of a table sees the rows of the project that the session
// names in `heed.project`, and without one none. Who that is, and what it may do, is granted after the migrations
// (roles/), because roles belong to the whole cluster: they may not be there, and a restored database brings none.
// So nothing here names a role, and the owner, with whom older builds connect, sees everything as before.
export async function up(db: Kysely<unknown>): Promise<void> {
  const wall = async (table: string, column: string) => {
    await sql`
      create policy project on ${sql.id(table)}
        using (${sql.id(column)} = current_setting('heed.project', true))`.execute(db)
    await sql`alter table ${sql.id(table)} enable row level security`.execute(db)
  }
  for (const table of tables) await wall(table, 'project_id')
  await wall('projects', 'id')

  // Below a policy PostgreSQL uses an index only for operators that cannot tell of rows which the policy hides, and @@ is
  // none of those. A view reads with its owner's rights, past the policy, and says itself whose rows there are; not a
  // security barrier, so the search reaches its index. The owner sees all of them here too.
  await sql`
    create view comment_search as
      select project_id, survey_id, id, received_at, seq, words from comments
      where project_id = current_setting('heed.project', true)
        or (select not row_security_active('comments'::regclass))`.execute(db)

  // What ingest writes to instead of the tables, across projects: they show nothing, so nothing can be read, changed or
  // deleted through them, but an insert goes to the table, and so does its `on conflict do update`. A grant on the
  // columns of the table would not do: `excluded.answers` takes the right to read `answers`, of every row. A column that
  // ingest is to write is added to the view as well (`create or replace view`).
  for (const table of written) {
    await sql`create view ${sql.id(`incoming_${table}`)} as select * from ${sql.id(table)} where false`.execute(
      db,
    )
  }
  // All that ingest reads across projects: whose answers a response that grows is counted with.
  await sql`
    create view growing_responses as
      select project_id, id, survey_id, survey_version, visitor, suspicious from responses where not completed
  `.execute(db)
}
