import { type Kysely, sql } from 'kysely'

// Frozen: what was released is never edited, a change is a new migration.
// `project_id` leads every key of the data tables, so they can be distributed by it.
// `responses` and `displays` have no triggers and no foreign keys: one to `surveys` was measured at 4.6 us a row (25 %
// of the insert), and locks the one row of a busy survey in every batch. Ingest has looked the version up anyway.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table projects (
      id text constraint projects_pkey primary key,
      name text not null,
      status text not null default 'active' constraint projects_status_check check (status in ('active', 'paused')),
      public_key text not null constraint projects_public_key_key unique,
      settings jsonb not null,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    )`.execute(db)

  await sql`
    create table secret_keys (
      project_id text not null constraint secret_keys_project_fkey references projects on delete cascade,
      id text not null,
      name text not null,
      hash text not null constraint secret_keys_hash_key unique,
      scopes text[] not null,
      created_at timestamptz not null default now(),
      revoked_at timestamptz,
      constraint secret_keys_pkey primary key (project_id, id)
    )`.execute(db)

  await sql`
    create table surveys (
      project_id text not null constraint surveys_project_fkey references projects on delete cascade,
      id text not null,
      key text not null,
      status text not null default 'draft'
        constraint surveys_status_check check (status in ('draft', 'live', 'paused', 'archived')),
      version int not null default 0,
      draft jsonb not null,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      closed_at timestamptz,
      constraint surveys_pkey primary key (project_id, id),
      constraint surveys_key_key unique (project_id, key)
    )`.execute(db)

  await sql`
    create table survey_versions (
      project_id text not null,
      survey_id text not null,
      version int not null,
      definition jsonb not null,
      published_at timestamptz not null default now(),
      constraint survey_versions_pkey primary key (project_id, survey_id, version),
      constraint survey_versions_survey_fkey foreign key (project_id, survey_id) references surveys on delete cascade
    )`.execute(db)

  // Fixed-width columns first: no padding between them. The caps keep an index entry below a third of a page.
  await sql`
    create table responses (
      id uuid not null,
      received_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      occurred_at timestamptz not null,
      seq int not null,
      survey_version int not null,
      nps smallint,
      csat smallint,
      ces smallint,
      gcr smallint,
      completed boolean not null,
      excluded boolean not null default false,
      test boolean not null,
      subject_verified boolean not null,
      project_id text not null,
      survey_id text not null,
      locale varchar(64) not null,
      device varchar(16),
      country varchar(2),
      page varchar(1024),
      event varchar(128),
      trigger varchar(32),
      visitor varchar(128),
      subject varchar(256),
      note text,
      tags text[] not null default '{}',
      answers jsonb not null,
      timing jsonb not null,
      context jsonb not null,
      constraint responses_pkey primary key (project_id, id)
    ) with (fillfactor = 90)`.execute(db)
  await sql`
    create index responses_report_idx on responses (project_id, survey_id, received_at, id)
      include (nps, csat, ces, gcr, completed, excluded, test, survey_version, device, country, locale)
  `.execute(db)

  // A display is updated several times within seconds. `states` stands in no index, so those updates stay on
  // their page (HOT) as long as it has room.
  await sql`
    create table displays (
      id uuid not null,
      received_at timestamptz not null default now(),
      states int not null,
      survey_version int not null,
      test boolean not null,
      project_id text not null,
      survey_id text not null,
      locale varchar(64),
      device varchar(16),
      country varchar(2),
      page varchar(1024),
      event varchar(128),
      constraint displays_pkey primary key (project_id, id)
    ) with (fillfactor = 75)`.execute(db)
  await sql`create index displays_report_idx on displays (project_id, survey_id, received_at)`.execute(db)

  await sql`
    create table losses (
      id uuid not null,
      received_at timestamptz not null default now(),
      count int not null constraint losses_count_check check (count > 0),
      project_id text not null,
      reason text not null,
      constraint losses_pkey primary key (project_id, id)
    )`.execute(db)
  await sql`create index losses_report_idx on losses (project_id, received_at)`.execute(db)
}
