import { type Kysely, sql } from 'kysely'

// Frozen: what was released is never edited, a change is a new migration.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table event_names (
      project_id text not null constraint event_names_project_fkey references projects on delete cascade,
      name varchar(100) not null,
      first_seen_at timestamptz not null default now(),
      constraint event_names_pkey primary key (project_id, name)
    )`.execute(db)

  // No foreign key to `responses`: a picture may arrive before the answer it belongs to. `settled`: that answer is here.
  await sql`
    create table screenshots (
      project_id text not null constraint screenshots_project_fkey references projects on delete cascade,
      response_id uuid not null,
      received_at timestamptz not null default now(),
      settled boolean not null,
      width int not null,
      height int not null,
      type text not null
        constraint screenshots_type_check check (type in ('image/png', 'image/jpeg', 'image/webp')),
      image bytea not null,
      constraint screenshots_pkey primary key (project_id, response_id)
    )`.execute(db)
  // An image is compressed already; the attempt to do so again would only cost time.
  await sql`alter table screenshots alter column image set storage external`.execute(db)
  await sql`
    create index screenshots_waiting_idx on screenshots (project_id, received_at) where not settled
  `.execute(db)

  // Secrets that this installation made for itself, when its environment has none.
  await sql`
    create table server_secrets (
      name text constraint server_secrets_pkey primary key,
      value text not null,
      created_at timestamptz not null default now()
    )`.execute(db)
}
