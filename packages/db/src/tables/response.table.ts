import type { AnswerValue, Device, ResponseContext } from '@heed/contract'
import type { ColumnType } from 'kysely'

export interface ResponseTable {
  project_id: string
  id: string
  survey_id: string
  survey_version: number
  seq: number
  /** First receipt by the database's clock; never changes, so it sorts lists and pages. */
  received_at: Date
  updated_at: Date
  occurred_at: Date
  locale: string
  device: Device | null
  country: string | null
  page: string | null
  event: string | null
  trigger: string | null
  visitor: string | null
  subject: string | null
  subject_verified: boolean
  completed: boolean
  nps: number | null
  csat: number | null
  ces: number | null
  /** no 0, partly 1, yes 2 */
  gcr: number | null
  answers: ColumnType<Record<string, AnswerValue>, string, string>
  timing: ColumnType<Record<string, number>, string, string>
  context: ColumnType<ResponseContext, string, string>
  tags: string[]
  note: string | null
  excluded: boolean
  test: boolean
}
