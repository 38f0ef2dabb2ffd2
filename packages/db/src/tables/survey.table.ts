import type { SurveyDefinition, SurveyStatus } from '@heed/contract'
import type { ColumnType, Generated } from 'kysely'

export interface SurveyTable {
  project_id: string
  id: string
  /** The draft's key; unique in the project. */
  key: string
  status: Generated<SurveyStatus>
  /** The newest published version, 0 before the first. */
  version: Generated<number>
  /** What the marketer edits; visitors meet the published version. */
  draft: ColumnType<SurveyDefinition, string, string>
  created_at: Generated<Date>
  updated_at: Generated<Date>
  /** When it was last paused or archived; null while it is live. */
  closed_at: Date | null
}

/** Never changed after publication: stored answers refer to it. */
export interface SurveyVersionTable {
  project_id: string
  survey_id: string
  version: number
  definition: ColumnType<SurveyDefinition, string, never>
  published_at: Generated<Date>
}
