import Type from 'typebox'
import { oneOf } from './literals.ts'
import { appearanceSchema, decisionProperties, displayRulesSchema, hoursSchema } from './survey.schema.ts'

const surveyRulesSchema = Type.Object({
  ...decisionProperties,
  hours: Type.Optional(Type.Union([hoursSchema, Type.Null()])),
  id: Type.String(),
  version: Type.Integer({ minimum: 1 }),
  startMs: Type.Optional(Type.Number()),
  endMs: Type.Optional(Type.Number()),
  display: Type.Optional(displayRulesSchema),
})

export const projectRulesSchema = Type.Object({
  cooldownDays: Type.Optional(Type.Number()),
  onePerSession: Type.Optional(Type.Boolean()),
  protectedUrls: Type.Optional(Type.Array(Type.String())),
  queryKeys: Type.Optional(Type.Array(Type.String())),
  surveys: Type.Array(surveyRulesSchema),
})

const paint = Type.Tuple([Type.String(), Type.String()])

const panelAppearanceSchema = Type.Object({
  ...Type.Pick(appearanceSchema, ['mode', 'radius', 'font']).properties,
  light: paint,
  dark: paint,
})

const option = Type.Object({ key: Type.String(), text: Type.String() })

const questionTextsSchema = Type.Object({
  key: Type.String(),
  kind: Type.String(),
  text: Type.String(),
  hint: Type.Optional(Type.String()),
  required: Type.Optional(Type.Boolean()),
  next: Type.Optional(Type.Record(Type.String(), Type.String())),
  labels: Type.Optional(Type.Tuple([Type.String(), Type.String()])),
  style: Type.Optional(oneOf('stars', 'smileys', 'numbers')),
  scale: Type.Optional(Type.Integer()),
  options: Type.Optional(Type.Array(option)),
  other: Type.Optional(Type.String()),
  maxLength: Type.Optional(Type.Integer()),
  placeholder: Type.Optional(Type.String()),
})

const uiTextsSchema = Type.Object({
  close: Type.String(),
  send: Type.String(),
  next: Type.String(),
  back: Type.String(),
  skip: Type.String(),
  kept: Type.String(),
  notSent: Type.String(),
  retry: Type.String(),
  required: Type.String(),
  optional: Type.String(),
  left: Type.String(),
})

export const surveyTextsSchema = Type.Object({
  id: Type.String(),
  version: Type.Integer({ minimum: 1 }),
  locale: Type.String(),
  dir: oneOf('ltr', 'rtl'),
  appearance: panelAppearanceSchema,
  questions: Type.Array(questionTextsSchema),
  ending: Type.String(),
  ui: uiTextsSchema,
})
