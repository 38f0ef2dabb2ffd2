import type { Metric } from '@heed/contract'
import type { Generated } from 'kysely'

/** Histogram of one hour. */
export interface ScoreHourTable extends Record<`n${0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10}`, number> {
  project_id: string
  survey_id: string
  metric: Metric
  dimension: 'all' | 'device' | 'country' | 'locale' | 'version'
  value: string | null
  hour: Date
}

/** How far the histograms of a survey reach. */
export interface RolledSurveyTable {
  project_id: string
  survey_id: string
  rolled_until: Date
  /** Responses before it have been looked at for earlier ones of the same visitor. */
  settled_until: Generated<Date>
}

/** A change that the histogram of its hour does not have yet. */
export interface ChangedHourTable {
  project_id: string
  survey_id: string
  hour: Date
  /** bigint, made by the database. */
  id: string
}

/** A visitor whose answers must be looked at again: which of them counts may have changed. */
export interface UnsettledVisitorTable {
  project_id: string
  survey_id: string
  visitor: string
  /** bigint, made by the database. */
  id: string
}
