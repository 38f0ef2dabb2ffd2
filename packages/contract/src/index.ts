export type * from './condition.ts'
export type * from './config.ts'
export type { Device, DisplayState, HeedEventName, PageEvent } from './events.ts'
export { displayStates } from './events.ts'
export type {
  DisplayItem,
  IngestItem,
  IngestReply,
  IngestRequest,
  ItemAck,
  LossItem,
  LossReason,
  RefusalCode,
  ResponseContext,
  ResponseItem,
} from './ingest.ts'
export { lossReasons, refusalCodes } from './ingest.ts'
export * from './limits.ts'
export type * from './problem.ts'
export type * from './reports.ts'
export type * from './survey.ts'
