export { auditPageSchema } from './audit.schema.ts'
export { projectRulesSchema, surveyTextsSchema } from './config.schema.ts'
export {
  displayItemSchema,
  ingestReplySchema,
  ingestRequestSchema,
  lossItemSchema,
  responseItemSchema,
} from './ingest.schema.ts'
export { localeSchema, oneOf, timestampSchema } from './literals.ts'
export { erasureReportSchema, personCopySchema } from './privacy.schema.ts'
export {
  funnelReportSchema,
  metricsReportSchema,
  problemSchema,
  rejectPageSchema,
  responsePageSchema,
  responseRecordSchema,
} from './reports.schema.ts'
export {
  projectSchema,
  projectSettingsSchema,
  surveyDefinitionSchema,
  surveySchema,
} from './survey.schema.ts'
