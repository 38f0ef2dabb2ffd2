import Type from 'typebox'
import { auditActions } from '../audit.ts'
import { oneOf, timestampSchema } from './literals.ts'
import { nullable } from './reports.schema.ts'

const detail = Type.Union([
  Type.String(),
  Type.Number(),
  Type.Boolean(),
  Type.Null(),
  Type.Array(Type.String()),
])

const auditRecordSchema = Type.Object({
  id: Type.String(),
  at: timestampSchema,
  actor: Type.String({ description: 'id of a secret key, cli or job' }),
  action: oneOf(...auditActions),
  target: nullable(Type.String()),
  details: Type.Record(Type.String(), detail),
})

export const auditPageSchema = Type.Object({
  data: Type.Array(auditRecordSchema),
  nextCursor: nullable(Type.String()),
})
