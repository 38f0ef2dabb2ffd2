import { type Kysely, sql } from 'kysely'

// Frozen: what was released is never edited, a change is a new migration.
// Every word begins with a mark of its survey (comments/comment-words.ts), so the index is scoped without btree_gin and
// a common word of another survey costs nothing. No foreign key to `responses`: it would be checked for every answer.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table comments (
      id uuid not null,
      received_at timestamptz not null,
      seq int not null,
      project_id text not null,
      survey_id text not null,
      words tsvector not null,
      constraint comments_pkey primary key (project_id, id)
    )`.execute(db)
  // New words wait in a list that whoever fills it sorts in: a small one, or one answer in thousands waits for long.
  await sql`create index comments_words_idx on comments using gin (words) with (gin_pending_list_limit = 512)`.execute(
    db,
  )
}
