import { type Kysely, sql, type Transaction } from 'kysely'
import { isCounted } from '../conditions/is-counted.ts'
import type { Database } from '../database.ts'

// Numbers are exact at every moment, whoever writes meanwhile, for these reasons:
//
// - A report reads `rolled_until`, the marks, the histograms and the rows in one statement, so as of one moment. It
//   takes an hour from its histogram if it lies before `rolled_until` and has no mark, else from the rows.
// - A response that is new comes into an hour that is not closed (closed-hours.ts), so not before `rolled_until`.
// - A change to an hour that is over, also of what is superseded (rounds/), leaves a mark in the same transaction (mark-changed-hours.ts): whoever sees the
//   change sees the mark, and nobody sees one without the other.
// - The transaction below reads as of one moment too (repeatable read). It counts the changes it sees and takes away
//   the marks it sees, which are the marks of those very changes. A change that commits while it runs keeps its mark.
//
// Nothing waits for anything: marks are only added by writers, each its own row, and only taken away by whoever holds
// the survey's row in rolled_surveys; that one is skipped by everybody else. No two locks are held, so no deadlock.

const metrics = ['nps', 'csat', 'ces', 'gcr'] as const

/** Spelled out, because the index finds an hour only below its metric and dimension. */
const everyHistogram = sql`metric in ('nps', 'csat', 'ces', 'gcr')
  and dimension in ('all', 'device', 'country', 'locale', 'version')`

export interface SurveyKey {
  projectId: string
  surveyId: string
}

/**
 * Counts a survey's hours before `until` that have no histogram yet, and those that changed; of either no more than
 * `hoursAtOnce`. `busy`: another process is at it. `more`: call again.
 */
export async function rollSurvey(
  db: Kysely<Database>,
  { projectId, surveyId }: SurveyKey,
  until: Date,
  hoursAtOnce: number,
): Promise<'done' | 'more' | 'busy'> {
  const ofSurvey = sql<boolean>`project_id = ${projectId} and survey_id = ${surveyId}`
  const run = async (trx: Transaction<Database>) => {
    const own = await sql`select from rolled_surveys where ${ofSurvey} for update skip locked`.execute(trx)
    if (own.rows.length === 0) return 'busy'

    const changed = await sql<{ hour: Date }>`
      with taken as (
        delete from changed_hours where ${ofSurvey} and hour in (
          select distinct hour from changed_hours where ${ofSurvey} order by hour limit ${hoursAtOnce}
        ) returning hour
      )
      select distinct hour from taken`.execute(trx)
    // Empty time costs nothing: the next stretch begins with the first response that has not been counted.
    const next = await sql<{ first: Date | null; end: Date; isLast: boolean }>`
      select first, coalesce(least(${until}, first + ${hoursAtOnce} * interval '1 hour'), ${until}) as "end",
        coalesce(first + ${hoursAtOnce} * interval '1 hour' >= ${until}, true) as "isLast"
      from (
        select (
          select date_trunc('hour', received_at, 'UTC') from responses
          where ${ofSurvey} and received_at < ${until}
            and received_at >= (select rolled_until from rolled_surveys where ${ofSurvey})
          order by received_at limit 1
        ) as first
      ) found`.execute(trx)
    const [stretch] = next.rows
    if (!stretch) throw new Error('a query for one row gave none')

    const hourMs = 3_600_000
    const ranges = changed.rows.map(({ hour }) => ({ from: hour, to: new Date(hour.getTime() + hourMs) }))
    // A changed hour of this day, or after it, is not counted twice: it is counted with its stretch.
    const older = ranges.filter(({ to }) => to <= (stretch.first ?? stretch.end))
    // None, unless the clock has been set back: what stands there would come up again with the hour.
    await sql`delete from score_hours
      where ${ofSurvey} and ${everyHistogram}
        and hour >= (select rolled_until from rolled_surveys where ${ofSurvey})`.execute(trx)
    await countRanges(
      trx,
      ofSurvey,
      stretch.first ? [...older, { from: stretch.first, to: stretch.end }] : older,
    )
    // Back as well, with a clock that has been set back: those hours are open again.
    await sql`update rolled_surveys set rolled_until = ${stretch.end} where ${ofSurvey} and rolled_until <> ${stretch.end}`.execute(
      trx,
    )
    return stretch.isLast && changed.rows.length < hoursAtOnce ? 'done' : 'more'
  }
  return db.transaction().setIsolationLevel('repeatable read').execute(run).catch(busyIfOvertaken)
}

/** Somebody else rolled the survey up between our first look and our lock: SQLSTATE 40001, nothing was done. */
function busyIfOvertaken(error: unknown): 'busy' {
  if (error instanceof Error && 'code' in error && error.code === '40001') return 'busy'
  throw error
}

/** Replaces the histograms of these ranges of whole hours, which do not overlap, by what the rows say. */
async function countRanges(
  trx: Transaction<Database>,
  ofSurvey: ReturnType<typeof sql<boolean>>,
  ranges: { from: Date; to: Date }[],
): Promise<void> {
  if (ranges.length === 0) return
  const given = sql`unnest(${ranges.map(({ from }) => from)}::timestamptz[], ${ranges.map(({ to }) => to)}::timestamptz[])
    as range ("from", "to")`
  await sql`delete from score_hours using ${given}
    where ${ofSurvey} and ${everyHistogram}
      and hour >= range."from" and hour < range."to"`.execute(trx)
  const values = Array.from({ length: 11 }, (_, value) => value)
  for (const metric of metrics) {
    const score = sql.ref(metric)
    // The bits of grouping() are set for the columns that a set leaves out.
    await sql`
      insert into score_hours (project_id, survey_id, hour, metric, dimension, value,
        ${sql.join(values.map((value) => sql.ref(`n${value}`)))})
      select project_id, survey_id, hour, ${metric},
        case grouping(device, country, locale, version)
          when 15 then 'all' when 7 then 'device' when 11 then 'country' when 13 then 'locale' else 'version' end,
        case grouping(device, country, locale, version)
          when 7 then device when 11 then country when 13 then locale when 14 then version end,
        ${sql.join(values.map((value) => sql`count(*) filter (where score = ${sql.lit(value)})`))}
      from ${given} cross join lateral (
        select project_id, survey_id, date_trunc('hour', received_at, 'UTC') as hour, device, country, locale,
          survey_version::text as version, ${score} as score
        from responses
        where ${ofSurvey} and received_at >= range."from" and received_at < range."to"
          and ${isCounted()} and ${score} is not null
      ) scored
      group by project_id, survey_id, hour, grouping sets ((), (device), (country), (locale), (version))`.execute(
      trx,
    )
  }
}
