export type { AuditAction, AuditPage, AuditRecord } from './audit.ts'
export { auditActions } from './audit.ts'
export type * from './condition.ts'
export type * from './config.ts'
export type { Device, DisplayState, HeedEventName, PageEvent } from './events.ts'
export { displayStates } from './events.ts'
export type {
  CampaignTag,
  DisplayItem,
  ExitSign,
  IngestItem,
  IngestReply,
  IngestRequest,
  ItemAck,
  LossItem,
  LossReason,
  ReferrerClass,
  RefusalCode,
  ResponseContext,
  ResponseItem,
} from './ingest.ts'
export { campaignTags, exitSigns, lossReasons, referrerClasses, refusalCodes } from './ingest.ts'
export * from './limits.ts'
export type * from './privacy.ts'
export type * from './problem.ts'
export type * from './reports.ts'
export type * from './survey.ts'
export { adapterNames, defaultFrequencies, redactionKinds } from './survey.ts'
export * from './suspicion.ts'
