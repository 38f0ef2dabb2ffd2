import { type Kysely, sql } from 'kysely'

// Frozen: what was released is never edited, a change is a new migration.
// No check constraints on the new columns: one would be checked against every row that is there.
export async function up(trx: Kysely<unknown>): Promise<void> {
  // `suspicion` is 0 to 100, `suspicion_reasons` null when it is 0. `judged_suspicious` is a person's word, null without
  // one; `suspicious` is what counts: that word, else what the score says. `superseded`: the same visitor answered again.
  await sql`
    alter table responses
      add column suspicion smallint not null default 0,
      add column suspicion_reasons text[],
      add column suspicious boolean not null default false,
      add column judged_suspicious boolean,
      add column superseded boolean not null default false`.execute(trx)
  await sql`alter table displays add column suspicious boolean not null default false`.execute(trx)

  // Responses before `settled_until` have been looked at for earlier ones of the same visitor.
  await sql`
    alter table rolled_surveys
      add column settled_until timestamptz not null default '-infinity'`.execute(trx)
  // Whose answers must be looked at again. Each change adds a row of its own (`id`), for the reason that changed_hours
  // has; it lives for a minute.
  await sql`
    create table unsettled_visitors (
      id bigint generated always as identity,
      project_id text not null,
      survey_id text not null,
      visitor varchar(128) not null,
      constraint unsettled_visitors_pkey primary key (project_id, survey_id, visitor, id)
    )`.execute(trx)
  // For what it does see 0008-row-security.ts.
  await sql`
    create policy project on unsettled_visitors
      using (project_id = current_setting('heed.project', true))`.execute(trx)
  await sql`alter table unsettled_visitors enable row level security`.execute(trx)
}
