import { type Kysely, sql } from 'kysely'

// Frozen: what was released is never edited, a change is a new migration.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table audit_log (
      project_id text not null constraint audit_log_project_fkey references projects on delete cascade,
      id uuid not null default gen_random_uuid(),
      at timestamptz not null default clock_timestamp(),
      actor varchar(64) not null,
      action varchar(64) not null,
      target varchar(128),
      details jsonb not null default '{}',
      constraint audit_log_pkey primary key (project_id, id)
    )`.execute(db)
  await sql`create index audit_log_list_idx on audit_log (project_id, at, id)`.execute(db)
  // Grants keep the API from changing an entry; this keeps the owner from it, who is whoever runs migrations. Entries go
  // with their project only. The function looks as the owner: whoever sees no projects must not seem to have none.
  await sql`
    create function refuse_audit_change() returns trigger language plpgsql
    security definer set search_path from current as $$
    begin
      if tg_op = 'DELETE' and not exists (select from projects where id = old.project_id) then
        return old;
      end if;
      raise exception 'the audit log can only be added to' using errcode = 'insufficient_privilege';
    end $$`.execute(db)
  await sql`
    create trigger audit_log_append_only before update or delete on audit_log
    for each row execute function refuse_audit_change()`.execute(db)
  await sql`
    create function refuse_audit_truncate() returns trigger language plpgsql as $$
    begin
      raise exception 'the audit log can only be added to' using errcode = 'insufficient_privilege';
    end $$`.execute(db)
  await sql`
    create trigger audit_log_no_truncate before truncate on audit_log
    for each statement execute function refuse_audit_truncate()`.execute(db)

  // Whose answers of before `erased_at` are to go, should any still come: from a device, or from a stream.
  await sql`
    create table erasures (
      project_id text not null constraint erasures_project_fkey references projects on delete cascade,
      kind text not null constraint erasures_kind_check check (kind in ('visitor', 'subject')),
      person varchar(256) not null,
      erased_at timestamptz not null,
      constraint erasures_pkey primary key (project_id, kind, person)
    )`.execute(db)
  // A display does not say whose it is, and a response that was still growing may come again: both by their id.
  await sql`
    create table erased_responses (
      project_id text not null constraint erased_responses_project_fkey references projects on delete cascade,
      id uuid not null,
      erased_at timestamptz not null,
      constraint erased_responses_pkey primary key (project_id, id)
    )`.execute(db)

  for (const table of ['audit_log', 'erasures', 'erased_responses']) {
    await sql`
      create policy project on ${sql.id(table)}
        using (project_id = current_setting('heed.project', true))`.execute(db)
    await sql`alter table ${sql.id(table)} enable row level security`.execute(db)
  }
}
