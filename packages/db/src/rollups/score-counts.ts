import type { Metric } from '@heed/contract'
import { type RawBuilder, sql } from 'kysely'
import { groupResponses } from '../conditions/dimensions.ts'
import { isCounted } from '../conditions/is-counted.ts'
import type { Claim } from '../conditions/value.ts'
import { type Period, within } from '../queries/period.ts'

/** What is counted. */
export interface Counted extends Period {
  projectId: string
  surveyId: string
  metric: Metric
  /** Only responses of which this is true; undefined: all of them, which is what histograms can tell. */
  where: Claim | undefined
  /** Suspicious ones too, which no histogram has. */
  withSuspicious: boolean
}

export type BucketUnit = 'hour' | 'day' | 'week' | 'month'

/** What it is counted by. */
export type Split =
  | { kind: 'all' }
  | { kind: 'time'; unit: BucketUnit; timezone: string }
  | { kind: 'dimension'; dimension: string }

const rolledDimensions = ['device', 'country', 'locale', 'version']
const hourMs = 3_600_000

/**
 * WITH clauses that end in `counts (key, value, n)`: scored answers by `split` and value, in several parts that the
 * caller adds up. Closed hours come from their histograms; what is left of the period comes from the rows, by
 * responses_count_idx: the hour under way and those not counted yet, hours with changes, hours that the period cuts,
 * and hours that belong to two buckets.
 */
export function scoreCounts(counted: Counted, split: Split): RawBuilder<unknown> {
  const isRolled =
    !counted.where &&
    !counted.withSuspicious &&
    (split.kind !== 'dimension' || rolledDimensions.includes(split.dimension))
  if (!isRolled)
    return sql`with counts as (${fromRows(counted, split, within(sql.ref('received_at'), counted))})`

  const ofSurvey = sql`project_id = ${counted.projectId} and survey_id = ${counted.surveyId}`
  const from = counted.from ? sql`${counted.from}::timestamptz` : sql`timestamptz '-infinity'`
  const to = counted.to ? sql`${counted.to}::timestamptz` : sql`timestamptz 'infinity'`
  const first = counted.from ? sql`${wholeHour(counted.from, Math.ceil)}::timestamptz` : from
  const last = counted.to ? sql`${wholeHour(counted.to, Math.floor)}::timestamptz` : to
  const histograms = sql`${ofSurvey} and metric = ${counted.metric}
    and dimension = ${split.kind === 'dimension' ? split.dimension : 'all'}
    and hour >= (select first from rolled) and hour < (select last from rolled)`
  const inRange = sql<boolean>`received_at >= range."from" and received_at < range."to"`
  // An hour that has not ended is never taken from a histogram, whatever a clock that was set back has left.
  return sql`with rolled as materialized (
      select ${first} as first, greatest(${first}, least(${last}, date_trunc('hour', now(), 'UTC'),
        coalesce((select rolled_until from rolled_surveys where ${ofSurvey}), '-infinity'))) as last
    ), live as materialized (
      select hour from changed_hours
      where ${ofSurvey} and hour >= (select first from rolled) and hour < (select last from rolled)
      ${split.kind === 'time' && split.timezone !== 'UTC' ? sql`union select hour from score_hours where ${histograms} and ${isCut(split)}` : sql`group by hour`}
    ), ranges ("from", "to") as (
      select ${from}, least(first, ${to}) from rolled
      union all select last, ${to} from rolled
      union all select hour, hour + interval '1 hour' from live
    ), summed as (
      select ${rolledKey(split)} as key, ${sql.join(values.map((value) => sql`sum(${column(value)}) as ${column(value)}`))}
      from score_hours where ${histograms} and hour not in (select hour from live) group by 1
    ), counts as (
      select key, value, n from summed
        cross join lateral (values ${sql.join(values.map((value) => sql`(${sql.lit(value)}, ${column(value)})`))}) given (value, n)
      where n > 0
      union all
      select counted.* from ranges range cross join lateral (${fromRows(counted, split, inRange)}) counted
    )`
}

const values = Array.from({ length: 11 }, (_, value) => value)
const column = (value: number) => sql.ref(`n${value}`)
const wholeHour = (date: Date, round: (hours: number) => number) =>
  new Date(round(date.getTime() / hourMs) * hourMs)

function fromRows(counted: Counted, split: Split, inPeriod: RawBuilder<boolean>): RawBuilder<unknown> {
  const score = sql.ref(`responses.${counted.metric}`)
  const claims = [
    sql`project_id = ${counted.projectId} and survey_id = ${counted.surveyId} and ${inPeriod}`,
    sql`${isCounted(counted.withSuspicious)} and ${score} is not null`,
    ...(counted.where ? [counted.where] : []),
  ]
  return sql`select ${liveKey(split)} as key, ${score}::int as value, count(*) as n from responses
    where ${sql.join(claims, sql` and `)} group by 1, 2`
}

function liveKey(split: Split): RawBuilder<unknown> {
  if (split.kind === 'dimension') return groupResponses(split.dimension)
  return split.kind === 'all' ? sql`1` : bucketOf(split, sql.ref('received_at'))
}

function rolledKey(split: Split): RawBuilder<unknown> {
  if (split.kind === 'dimension') return sql.ref('score_hours.value')
  return split.kind === 'all' ? sql`1` : bucketOf(split, sql.ref('hour'))
}

type TimeSplit = Extract<Split, { kind: 'time' }>

const bucketOf = ({ unit, timezone }: TimeSplit, moment: RawBuilder<unknown>) =>
  sql`date_trunc(${sql.lit(unit)}, ${moment}, ${timezone})`

/**
 * An hour that does not lie in one bucket: its ends lie in two, which takes an offset of other than whole hours, as in
 * India; or the clocks of the zone are changed within it, and local time could leave a day and come back to it
 * (Newfoundland changed at 00:01).
 */
function isCut(split: TimeSplit): RawBuilder<boolean> {
  const hour = sql.ref('hour')
  const end = sql`(hour + interval '1 hour' - interval '1 microsecond')`
  const local = (moment: RawBuilder<unknown>) => sql`(${moment} at time zone ${split.timezone})`
  return sql`(date_trunc('hour', ${local(hour)}) <> ${local(hour)} and ${bucketOf(split, hour)} <> ${bucketOf(split, end)}
    or ${local(end)} - ${local(hour)} <> ${end} - hour)`
}
