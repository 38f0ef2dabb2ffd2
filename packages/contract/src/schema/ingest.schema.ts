import Type from 'typebox'
import { displayStates, type PageEvent } from '../events.ts'
import { campaignTags, exitSigns, lossReasons, referrerClasses, refusalCodes } from '../ingest.ts'
import { maxItems } from '../limits.ts'
import type { AnswerValue } from '../survey.ts'
import { localeSchema, oneOf } from './literals.ts'

const uuid = Type.String({
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$',
  description: 'UUIDv7, lower case',
})
const age = Type.Optional(Type.Number())
const label = (maxLength: number) => Type.Optional(Type.String({ maxLength }))
const nullableLabel = Type.Optional(Type.Union([Type.String({ maxLength: 200 }), Type.Null()]))
const facts = Type.Optional(Type.Record(Type.String(), Type.Unknown()))

/** Shape of the known members; the API drops every other one and caps what is free. */
export const responseContextSchema = Type.Object({
  url: label(2000),
  title: label(500),
  language: label(64),
  referrer: label(500),
  referrerClass: Type.Optional(oneOf(...referrerClasses)),
  campaign: Type.Optional(Type.Partial(Type.Record(oneOf(...campaignTags), Type.String({ maxLength: 200 })))),
  device: Type.Optional(oneOf('phone', 'tablet', 'desktop')),
  viewport: Type.Optional(Type.Tuple([Type.Number(), Type.Number()])),
  timeZone: label(64),
  visits: Type.Optional(Type.Number()),
  pages: Type.Optional(Type.Number()),
  waitedMs: Type.Optional(Type.Number()),
  trigger: label(64),
  exitSign: Type.Optional(oneOf(...exitSigns)),
  event: Type.Optional(Type.Unsafe<PageEvent>({ type: 'object', required: ['name'] })),
  product: facts,
  cart: facts,
  order: facts,
  page: facts,
  attributes: facts,
  variant: Type.Optional(Type.Record(Type.String(), Type.String({ maxLength: 200 }))),
})

export const answersSchema = Type.Record(
  Type.String(),
  Type.Unsafe<AnswerValue>({ type: ['number', 'string', 'boolean', 'array', 'object'] }),
)

const surveyReference = {
  surveyId: Type.String({ minLength: 1, maxLength: 64 }),
  version: Type.Integer({ minimum: 0, maximum: 2_147_483_647 }),
}

export const responseItemSchema = Type.Object({
  type: Type.Literal('response'),
  id: uuid,
  seq: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  ...surveyReference,
  locale: localeSchema,
  ageMs: age,
  displayAgeMs: age,
  visitor: nullableLabel,
  subject: nullableLabel,
  answers: answersSchema,
  completed: Type.Optional(Type.Boolean()),
  timing: Type.Optional(Type.Record(Type.String(), Type.Number())),
  context: Type.Optional(responseContextSchema),
  test: Type.Optional(Type.Boolean()),
})

export const displayItemSchema = Type.Object({
  type: Type.Literal('display'),
  id: uuid,
  ...surveyReference,
  state: oneOf(...displayStates),
  ageMs: age,
  locale: Type.Optional(localeSchema),
  visitor: nullableLabel,
  context: Type.Optional(responseContextSchema),
  test: Type.Optional(Type.Boolean()),
})

export const lossItemSchema = Type.Object({
  type: Type.Literal('loss'),
  id: Type.Optional(uuid),
  reason: oneOf(...lossReasons),
  count: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
})

/** The envelope alone: each item is checked by itself, so that a bad one does not hurt its neighbours. */
export const ingestRequestSchema = Type.Object({
  sdk: Type.String({ minLength: 1, maxLength: 64 }),
  items: Type.Array(Type.Unknown(), { minItems: 1, maxItems }),
  events: Type.Optional(Type.Unknown({ description: 'Names of page events; whatever is none is left out' })),
  preview: Type.Optional(Type.String({ maxLength: 1000 })),
  ticket: Type.Optional(Type.Unknown({ description: '`ticket` of the rules; a wrong one refuses nothing' })),
})

const itemAckSchema = Type.Object({
  id: Type.Optional(Type.String()),
  seq: Type.Optional(Type.Integer()),
  state: Type.Optional(oneOf(...displayStates)),
  status: oneOf('stored', 'duplicate', 'refused'),
  code: Type.Optional(oneOf(...refusalCodes)),
  detail: Type.Optional(Type.String()),
})

export const ingestReplySchema = Type.Object({ items: Type.Array(itemAckSchema) })
