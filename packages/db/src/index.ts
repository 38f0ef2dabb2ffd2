export type { AuditEntry, Auditor } from './audit/audit-entry.ts'
export { audited } from './audit/audited.ts'
export { type AuditFilter, listAudit } from './audit/list-audit.ts'
export { personReference } from './audit/person-reference.ts'
export { writeAudit } from './audit/write-audit.ts'
export { type BackupOptions, backUp } from './backup/back-up.ts'
export { BackupError, type BackupManifest, type BackupProgress } from './backup/backup-format.ts'
export { readArchive } from './backup/read-archive.ts'
export { type RestoreOptions, restoreBackup } from './backup/restore.ts'
export { rebuildComments } from './comments/rebuild-comments.ts'
export type { Database } from './database.ts'
export { type CopiedPart, copyPerson } from './erasure/copy-person.ts'
export { countPerson } from './erasure/count-person.ts'
export { erasePerson } from './erasure/erase-person.ts'
export type { ErasureCounts } from './erasure/erase-rows.ts'
export type { NamedPerson, Person } from './erasure/person.ts'
export { sweepErased } from './erasure/sweep-erased.ts'
export {
  InvalidConditionError,
  InvalidCursorError,
  InvalidTimeZoneError,
  SurveyKeyTakenError,
  SurveyNotPublishedError,
  UnknownDimensionError,
} from './errors.ts'
export { type FailureKind, failureKind, isDatabaseAway, sqlState } from './failure-kind.ts'
export { hashSecret, isWellFormedKey, newId, newPublicKey, newSecretKey } from './ids.ts'
export { type MigrateOptions, migrateToLatest } from './migrate.ts'
export { MigrationError } from './migrating/migration-error.ts'
export { type DatabaseOptions, forProject, openDatabase, type PoolUse, poolUse } from './open-database.ts'
export { addUsage, type ProjectUsage } from './queries/add-usage.ts'
export { countFunnel, type FunnelQuery, type FunnelResult, type StateCounts } from './queries/count-funnel.ts'
export { countLosses } from './queries/count-losses.ts'
export {
  countScores,
  type Histogram,
  type ScoreCounts,
  type ScoreQuery,
} from './queries/count-scores.ts'
export { createProject, type NewProject } from './queries/create-project.ts'
export { createSecretKey } from './queries/create-secret-key.ts'
export { createSurvey } from './queries/create-survey.ts'
export { deleteTestResponses } from './queries/delete-test-responses.ts'
export { displayStateBits, stateBit } from './queries/display-state-bits.ts'
export { listEventNames, storeEventNames } from './queries/event-names.ts'
export { findPages } from './queries/find-pages.ts'
export { findProject, findProjectByPublicKey } from './queries/find-project.ts'
export { findResponse } from './queries/find-response.ts'
export { findSecretKey } from './queries/find-secret-key.ts'
export { findSurvey } from './queries/find-survey.ts'
export { listFullSurveys } from './queries/list-full-surveys.ts'
export { type KeyRecord, listKeys } from './queries/list-keys.ts'
export { listProjects } from './queries/list-projects.ts'
export {
  listResponses,
  type PageRequest,
  type ResponseFilter,
  streamResponses,
} from './queries/list-responses.ts'
export { listSurveys } from './queries/list-surveys.ts'
export type { Period } from './queries/period.ts'
export { projectSecret } from './queries/project-secret.ts'
export { publishSurvey } from './queries/publish-survey.ts'
export { listRejects, type NewReject, type RejectFilter, storeRejects } from './queries/rejects.ts'
export { revokeKey } from './queries/revoke-key.ts'
export type { DisplayRow, LossRow, ResponseRow } from './queries/rows.ts'
export { findScreenshot, type Screenshot, storeScreenshot } from './queries/screenshots.ts'
export { serverSecret } from './queries/server-secret.ts'
export { setSurveyStatus } from './queries/set-survey-status.ts'
export { type Batch, type BatchResult, storeBatch } from './queries/store-batch.ts'
export {
  findSurveyVersion,
  listLiveSurveys,
  listSurveyVersions,
  type SurveyVersion,
  type SurveyVersionState,
} from './queries/survey-versions.ts'
export { type ProjectPatch, updateProject } from './queries/update-project.ts'
export { type ResponsePatch, updateResponse } from './queries/update-response.ts'
export { updateSurveyDraft } from './queries/update-survey-draft.ts'
export { applyRetention, type RetentionOptions, type RetentionResult } from './retention/apply-retention.ts'
export type { DatabaseRole } from './roles/grants.ts'
export { findSecondWall, type SecondWall } from './roles/second-wall.ts'
export { rebuildRollups } from './rollups/rebuild-rollups.ts'
export { type RollUpOptions, rollUp } from './rollups/roll-up.ts'
export type { BucketUnit } from './rollups/score-counts.ts'
export { settle } from './rounds/settle.ts'
export type { ScreenshotType } from './tables/screenshot.table.ts'
export type { Scope } from './tables/secret-key.table.ts'
