import type { AnswerValue, Device, ResponseContext, SuspicionReason } from '@heed/contract'
import type { ColumnType, Generated } from 'kysely'

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
  /** 0 to 100 */
  suspicion: Generated<number>
  /** Null when the score is 0. */
  suspicion_reasons: SuspicionReason[] | null
  /** A person's word, else what the score says. */
  suspicious: Generated<boolean>
  /** A person's word; null without one. */
  judged_suspicious: boolean | null
  /** The same visitor answered again in the same round. */
  superseded: Generated<boolean>
}
