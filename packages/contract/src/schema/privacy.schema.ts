import Type from 'typebox'
import { displayStates } from '../events.ts'
import { oneOf, timestampSchema } from './literals.ts'
import { nullable, rejectRecordSchema, responseRecordSchema } from './reports.schema.ts'

export const erasureReportSchema = Type.Object({
  dryRun: Type.Boolean(),
  reference: Type.String({ description: 'stands in the audit log instead of the id' }),
  responses: Type.Integer({ minimum: 0 }),
  displays: Type.Integer({ minimum: 0 }),
  screenshots: Type.Integer({ minimum: 0 }),
  rejects: Type.Integer({ minimum: 0 }),
})

const copiedDisplaySchema = Type.Object({
  id: Type.String(),
  surveyId: Type.String(),
  version: Type.Integer(),
  receivedAt: timestampSchema,
  states: Type.Array(oneOf(...displayStates)),
  locale: nullable(Type.String()),
  device: Type.Union([oneOf('phone', 'tablet', 'desktop'), Type.Null()]),
  country: nullable(Type.String()),
  page: nullable(Type.String()),
  event: nullable(Type.String()),
})

const copiedScreenshotSchema = Type.Object({
  responseId: Type.String(),
  receivedAt: timestampSchema,
  type: oneOf('image/png', 'image/jpeg', 'image/webp'),
  width: Type.Integer(),
  height: Type.Integer(),
  image: Type.String({ description: 'base64' }),
})

export const personCopySchema = Type.Object({
  visitor: Type.Optional(Type.String()),
  subject: Type.Optional(Type.String()),
  responses: Type.Array(responseRecordSchema),
  displays: Type.Array(copiedDisplaySchema),
  screenshots: Type.Array(copiedScreenshotSchema),
  rejects: Type.Array(rejectRecordSchema),
})
