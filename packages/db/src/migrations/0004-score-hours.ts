import { type Kysely, sql } from 'kysely'

// Frozen: what was released is never edited, a change is a new migration.
// How the three tables keep every number exact is told in rollups/roll-survey.ts.
export async function up(db: Kysely<unknown>): Promise<void> {
  // Scored answers of one hour by value. `value` is null for those that have none in this dimension; in the dimension
  // `all` it always is. The hours of one dimension lie apart in the table and together in the index, which has it all.
  await sql`
    create table score_hours (
      hour timestamptz not null,
      n0 int not null,
      n1 int not null,
      n2 int not null,
      n3 int not null,
      n4 int not null,
      n5 int not null,
      n6 int not null,
      n7 int not null,
      n8 int not null,
      n9 int not null,
      n10 int not null,
      project_id text not null,
      survey_id text not null,
      metric text not null constraint score_hours_metric_check check (metric in ('nps', 'csat', 'ces', 'gcr')),
      dimension text not null
        constraint score_hours_dimension_check check (dimension in ('all', 'device', 'country', 'locale', 'version')),
      value text,
      constraint score_hours_key unique nulls not distinct (project_id, survey_id, metric, dimension, hour, value)
        include (n0, n1, n2, n3, n4, n5, n6, n7, n8, n9, n10)
    )`.execute(db)

  // Hours before `rolled_until` stand in score_hours. A survey without a row here has none there.
  await sql`
    create table rolled_surveys (
      project_id text not null,
      survey_id text not null,
      rolled_until timestamptz not null default '-infinity',
      constraint rolled_surveys_pkey primary key (project_id, survey_id),
      constraint rolled_surveys_survey_fkey foreign key (project_id, survey_id) references surveys on delete cascade
    )`.execute(db)

  // Each change adds a row of its own (`id`): one that two transactions shared could be taken away by the job while
  // the second of them, not yet committed, relies on it. It lives for a minute, in a table of a few pages.
  await sql`
    create table changed_hours (
      hour timestamptz not null,
      id bigint generated always as identity,
      project_id text not null,
      survey_id text not null,
      constraint changed_hours_pkey primary key (project_id, survey_id, hour, id)
    )`.execute(db)
}
