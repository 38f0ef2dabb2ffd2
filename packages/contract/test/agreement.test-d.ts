import type { Static, TSchema } from 'typebox'
import { describe, expectTypeOf, it } from 'vitest'
import type * as contract from '../src/index.ts'
import type * as schema from '../src/schema/index.ts'

/** Both directions: whatever the schema lets through is the type, and every value of the type passes the schema. */
type Agrees<Schema extends TSchema, Wire> = [Static<Schema>] extends [Wire]
  ? [Wire] extends [Static<Schema>]
    ? true
    : 'the type allows what the schema refuses'
  : 'the schema allows what the type refuses'

describe('the schemas and the hand-written types', () => {
  it('agree on surveys and projects', () => {
    expectTypeOf<
      Agrees<typeof schema.surveyDefinitionSchema, contract.SurveyDefinition>
    >().toEqualTypeOf<true>()
    expectTypeOf<Agrees<typeof schema.surveySchema, contract.Survey>>().toEqualTypeOf<true>()
    expectTypeOf<Agrees<typeof schema.projectSchema, contract.Project>>().toEqualTypeOf<true>()
    expectTypeOf<
      Agrees<typeof schema.projectSettingsSchema, contract.ProjectSettings>
    >().toEqualTypeOf<true>()
  })

  it('agree on what the loader and the panel receive', () => {
    expectTypeOf<Agrees<typeof schema.projectRulesSchema, contract.ProjectRules>>().toEqualTypeOf<true>()
    expectTypeOf<Agrees<typeof schema.surveyTextsSchema, contract.SurveyTexts>>().toEqualTypeOf<true>()
  })

  it('agree on what a page sends and hears back', () => {
    expectTypeOf<Agrees<typeof schema.responseItemSchema, contract.ResponseItem>>().toEqualTypeOf<true>()
    expectTypeOf<Agrees<typeof schema.displayItemSchema, contract.DisplayItem>>().toEqualTypeOf<true>()
    expectTypeOf<Agrees<typeof schema.lossItemSchema, contract.LossItem>>().toEqualTypeOf<true>()
    expectTypeOf<Agrees<typeof schema.ingestReplySchema, contract.IngestReply>>().toEqualTypeOf<true>()
  })

  it('agree on reports', () => {
    expectTypeOf<Agrees<typeof schema.metricsReportSchema, contract.MetricsReport>>().toEqualTypeOf<true>()
    expectTypeOf<Agrees<typeof schema.funnelReportSchema, contract.FunnelReport>>().toEqualTypeOf<true>()
    expectTypeOf<Agrees<typeof schema.responsePageSchema, contract.ResponsePage>>().toEqualTypeOf<true>()
    expectTypeOf<Agrees<typeof schema.rejectPageSchema, contract.RejectPage>>().toEqualTypeOf<true>()
    expectTypeOf<Agrees<typeof schema.auditPageSchema, contract.AuditPage>>().toEqualTypeOf<true>()
    expectTypeOf<Agrees<typeof schema.erasureReportSchema, contract.ErasureReport>>().toEqualTypeOf<true>()
    expectTypeOf<Agrees<typeof schema.personCopySchema, contract.PersonCopy>>().toEqualTypeOf<true>()
    expectTypeOf<Agrees<typeof schema.problemSchema, contract.Problem>>().toEqualTypeOf<true>()
  })
})
