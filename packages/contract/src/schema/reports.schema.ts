import Type from 'typebox'
import { refusalCodes } from '../ingest.ts'
import { suspicionReasons } from '../suspicion.ts'
import { answersSchema, responseContextSchema } from './ingest.schema.ts'
import { oneOf, timestampSchema } from './literals.ts'

export const nullable = <Schema extends ReturnType<typeof Type.String> | ReturnType<typeof Type.Number>>(
  schema: Schema,
) => Type.Union([schema, Type.Null()])
const countsSchema = Type.Record(Type.String(), Type.Integer())

const scoreProperties = {
  score: nullable(Type.Number()),
  interval: Type.Union([Type.Tuple([Type.Number(), Type.Number()]), Type.Null()]),
  n: Type.Integer({ minimum: 0 }),
  confidence: oneOf('none', 'low', 'ok'),
}
const scoreSchema = Type.Object(scoreProperties)
const range = { from: nullable(timestampSchema), to: nullable(timestampSchema) }

export const metricsReportSchema = Type.Object({
  ...scoreProperties,
  survey: Type.String(),
  question: Type.String(),
  metric: oneOf('nps', 'csat', 'ces', 'gcr'),
  ...range,
  counts: countsSchema,
  histogram: countsSchema,
  mean: nullable(Type.Number()),
  series: Type.Optional(
    Type.Array(Type.Object({ at: timestampSchema, counts: countsSchema, ...scoreProperties })),
  ),
  groups: Type.Optional(
    Type.Array(Type.Object({ value: nullable(Type.String()), counts: countsSchema, ...scoreProperties })),
  ),
})

const funnelProperties = {
  counts: Type.Object({
    shown: Type.Integer(),
    seen: Type.Integer(),
    started: Type.Integer(),
    answered: Type.Integer(),
    completed: Type.Integer(),
    dismissed: Type.Integer(),
    snoozed: Type.Integer(),
  }),
  responseRate: scoreSchema,
}

export const funnelReportSchema = Type.Object({
  ...funnelProperties,
  survey: Type.String(),
  ...range,
  groups: Type.Optional(Type.Array(Type.Object({ value: nullable(Type.String()), ...funnelProperties }))),
  losses: countsSchema,
})

export const responseRecordSchema = Type.Object({
  id: Type.String(),
  surveyId: Type.String(),
  surveyKey: Type.String(),
  version: Type.Integer(),
  seq: Type.Integer(),
  receivedAt: timestampSchema,
  occurredAt: timestampSchema,
  updatedAt: timestampSchema,
  locale: Type.String(),
  country: nullable(Type.String()),
  visitor: nullable(Type.String()),
  subject: nullable(Type.String()),
  subjectVerified: Type.Boolean(),
  completed: Type.Boolean(),
  answers: answersSchema,
  timing: Type.Record(Type.String(), Type.Number()),
  context: responseContextSchema,
  tags: Type.Array(Type.String()),
  note: nullable(Type.String()),
  excluded: Type.Boolean(),
  test: Type.Boolean(),
  suspicion: Type.Object({
    score: Type.Integer({ minimum: 0, maximum: 100 }),
    reasons: Type.Array(oneOf(...suspicionReasons)),
  }),
  suspicious: Type.Boolean(),
  superseded: Type.Boolean(),
  screenshot: Type.Optional(Type.Boolean()),
})

export const responsePageSchema = Type.Object({
  data: Type.Array(responseRecordSchema),
  nextCursor: nullable(Type.String()),
})

export const rejectRecordSchema = Type.Object({
  id: Type.String(),
  receivedAt: timestampSchema,
  reason: oneOf(...refusalCodes),
  detail: Type.String(),
  sdk: Type.String(),
  kind: Type.Union([oneOf('response', 'display', 'loss'), Type.Null()]),
  surveyId: nullable(Type.String()),
  item: Type.String(),
})

export const rejectPageSchema = Type.Object({
  data: Type.Array(rejectRecordSchema),
  nextCursor: nullable(Type.String()),
  counts: Type.Object({ reasons: countsSchema, sdks: countsSchema }),
})

export const problemSchema = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  code: Type.String(),
  detail: Type.String(),
  errors: Type.Optional(Type.Array(Type.Object({ path: Type.String(), message: Type.String() }))),
})
