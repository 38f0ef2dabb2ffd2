import type { AuditEntryTable } from './tables/audit-entry.table.ts'
import type { CommentTable } from './tables/comment.table.ts'
import type { DisplayTable } from './tables/display.table.ts'
import type { ErasedResponseTable, ErasureTable } from './tables/erasure.table.ts'
import type { EventNameTable } from './tables/event-name.table.ts'
import type { LossTable } from './tables/loss.table.ts'
import type { ProjectTable } from './tables/project.table.ts'
import type { ProjectSecretTable } from './tables/project-secret.table.ts'
import type { ProjectUsageTable } from './tables/project-usage.table.ts'
import type { RejectTable } from './tables/reject.table.ts'
import type { ResponseTable } from './tables/response.table.ts'
import type {
  ChangedHourTable,
  RolledSurveyTable,
  ScoreHourTable,
  UnsettledVisitorTable,
} from './tables/score-hour.table.ts'
import type { ScreenshotTable } from './tables/screenshot.table.ts'
import type { SecretKeyTable } from './tables/secret-key.table.ts'
import type { ServerSecretTable } from './tables/server-secret.table.ts'
import type { SurveyTable, SurveyVersionTable } from './tables/survey.table.ts'

/** Every table, as Kysely sees them. */
export interface Database {
  projects: ProjectTable
  secret_keys: SecretKeyTable
  surveys: SurveyTable
  survey_versions: SurveyVersionTable
  responses: ResponseTable
  comments: CommentTable
  displays: DisplayTable
  losses: LossTable
  score_hours: ScoreHourTable
  rolled_surveys: RolledSurveyTable
  changed_hours: ChangedHourTable
  unsettled_visitors: UnsettledVisitorTable
  event_names: EventNameTable
  screenshots: ScreenshotTable
  server_secrets: ServerSecretTable
  project_usage: ProjectUsageTable
  project_secrets: ProjectSecretTable
  rejects: RejectTable
  audit_log: AuditEntryTable
  erasures: ErasureTable
  erased_responses: ErasedResponseTable
}
