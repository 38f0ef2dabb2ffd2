import type { Condition, Metric } from '@heed/contract'
import { type Kysely, sql } from 'kysely'
import { resolveResponse } from '../conditions/dimensions.ts'
import { translate } from '../conditions/translate.ts'
import type { Database } from '../database.ts'
import { type BucketUnit, type Counted, type Split, scoreCounts } from '../rollups/score-counts.ts'
import type { Period } from './period.ts'
import { checkTimeZone, explainTimeZone } from './time-zone.ts'

export interface ScoreQuery extends Period {
  surveyId: string
  metric: Metric
  /** Also a series of this step; weeks begin on Monday. */
  interval?: BucketUnit
  /** IANA name: where days, weeks and months begin. @default 'UTC' */
  timezone?: string
  /** Also one group a value of: device, country, locale, version, event, page, trigger, variant.x, attributes.x. */
  by?: string
  /** Over the same dimensions, nps, csat, ces, gcr and completed. */
  where?: Condition
  /** Also those that are suspicious. @default false */
  withSuspicious?: boolean
}

/** Number of scored answers by value: index 0 to 10 for nps, 5 for csat, 7 for ces; gcr no 0, partly 1, yes 2. */
export type Histogram = number[]

export interface ScoreCounts {
  total: Histogram
  /** Buckets with answers only, oldest first; `at` is their beginning, ISO 8601 UTC. */
  series?: { at: string; histogram: Histogram }[]
  /** The largest 100, largest first; null is the group of those that have no such value. */
  groups?: { value: string | null; histogram: Histogram }[]
}

const highest: Record<Metric, number> = { nps: 10, csat: 5, ces: 7, gcr: 2 }
const units: readonly BucketUnit[] = ['hour', 'day', 'week', 'month']
const maxGroups = 100

/**
 * Histograms of scored answers; excluded, test, suspicious and superseded responses are left out. Exact at every moment. Without `where` and
 * suspicious ones, and `by` device, country, locale or version if at all, closed hours come from their histograms (rollups/); the rest is
 * served by responses_count_idx alone while `by` and `where` stay within the columns it includes.
 * Throws UnknownDimensionError, InvalidConditionError and InvalidTimeZoneError.
 */
export async function countScores(
  db: Kysely<Database>,
  projectId: string,
  query: ScoreQuery,
): Promise<ScoreCounts> {
  const { by, interval, timezone = 'UTC' } = query
  // An empty condition narrows nothing, so histograms can answer it.
  const isNarrowed = query.where && Object.keys(query.where).length > 0
  const counted: Counted = {
    projectId,
    surveyId: query.surveyId,
    metric: query.metric,
    from: query.from,
    to: query.to,
    where: isNarrowed ? translate(query.where, resolveResponse) : undefined,
    withSuspicious: query.withSuspicious ?? false,
  }

  /** `shown` turns a key into what is returned, once a group instead of once a row. */
  async function countBy<Key>(split: Split, shown = sql<Key>`key`): Promise<Map<Key, Histogram>> {
    const { rows } = await sql<{ shown: Key; value: number; n: number }>`
      ${scoreCounts(counted, split)}
      select ${shown} as shown, value, n from (
        select key, value, sum(n)::float8 as n from counts group by 1, 2
      ) counted order by key
    `.execute(db)
    const byKey = new Map<Key, Histogram>()
    for (const row of rows) {
      const histogram = byKey.get(row.shown) ?? empty(query.metric)
      histogram[row.value] = row.n
      byKey.set(row.shown, histogram)
    }
    return byKey
  }

  async function countSeries(unit: BucketUnit) {
    if (!units.includes(unit)) throw new TypeError(`"${unit}" is not an interval`)
    checkTimeZone(timezone)
    const iso = sql<string>`to_char(key at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
    const series = await countBy({ kind: 'time', unit, timezone }, iso).catch((error: unknown) =>
      explainTimeZone(error, timezone),
    )
    return [...series].map(([at, histogram]) => ({ at, histogram }))
  }

  async function countGroups(dimension: string) {
    const groups = [...(await countBy<string | null>({ kind: 'dimension', dimension }))].map(
      ([value, histogram]) => ({
        value,
        histogram,
      }),
    )
    return groups.sort((a, b) => sum(b.histogram) - sum(a.histogram)).slice(0, maxGroups)
  }

  const [total, series, groups] = await Promise.all([
    countBy<number>({ kind: 'all' }).then((counts) => counts.get(1) ?? empty(query.metric)),
    interval && countSeries(interval),
    by && countGroups(by),
  ])
  return { total, ...(series && { series }), ...(groups && { groups }) }
}

const empty = (metric: Metric): Histogram => Array<number>(highest[metric] + 1).fill(0)
const sum = (histogram: Histogram): number => histogram.reduce((total, n) => total + n, 0)
