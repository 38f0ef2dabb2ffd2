import { type Kysely, sql } from 'kysely'

// Frozen: what was released is never edited, a change is a new migration.
export async function up(db: Kysely<unknown>): Promise<void> {
  // `item` is text, not jsonb: it may be cut, and may hold escapes that jsonb cannot (\u0000, half a surrogate pair).
  await sql`
    create table rejects (
      project_id text not null constraint rejects_project_fkey references projects on delete cascade,
      id uuid not null,
      received_at timestamptz not null default now(),
      reason varchar(32) not null,
      detail varchar(1000) not null,
      sdk varchar(64) not null,
      kind varchar(16),
      survey_id varchar(64),
      response_id varchar(64),
      visitor varchar(128),
      subject varchar(256),
      item varchar(4096) not null,
      constraint rejects_pkey primary key (project_id, id)
    )`.execute(db)
  await sql`create index rejects_list_idx on rejects (project_id, received_at, id)`.execute(db)

  // Gone with their project: what was made with them cannot be made again.
  await sql`
    create table project_secrets (
      project_id text not null constraint project_secrets_project_fkey references projects on delete cascade,
      name text not null,
      value text not null,
      created_at timestamptz not null default now(),
      constraint project_secrets_pkey primary key (project_id, name)
    )`.execute(db)
}
