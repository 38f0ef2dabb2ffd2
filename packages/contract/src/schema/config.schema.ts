import Type from 'typebox'
import { oneOf } from './literals.ts'
import {
  appearanceSchema,
  decisionProperties,
  displayRulesSchema,
  hoursSchema,
  projectSettingsSchema,
} from './survey.schema.ts'

const surveyRulesSchema = Type.Object({
  ...decisionProperties,
  hours: Type.Optional(Type.Union([hoursSchema, Type.Null()])),
  id: Type.String(),
  version: Type.Integer({ minimum: 0 }),
  startMs: Type.Optional(Type.Number()),
  endMs: Type.Optional(Type.Number()),
  display: Type.Optional(displayRulesSchema),
  parts: Type.Optional(Type.Array(oneOf('more', 'surfaces'))),
})

export const projectRulesSchema = Type.Object({
  cooldownDays: Type.Optional(Type.Number()),
  onePerSession: Type.Optional(Type.Boolean()),
  protectedUrls: Type.Optional(Type.Array(Type.String())),
  queryKeys: Type.Optional(Type.Array(Type.String())),
  ...Type.Pick(projectSettingsSchema, ['collect', 'adapters', 'redaction']).properties,
  ticket: Type.Optional(Type.String()),
  surveys: Type.Array(surveyRulesSchema),
})

const paint = Type.Tuple([Type.String(), Type.String()])

const panelAppearanceSchema = Type.Object({
  ...Type.Pick(appearanceSchema, ['mode', 'radius', 'font', 'density', 'shadow', 'logo']).properties,
  light: paint,
  dark: paint,
  lightCard: Type.Optional(paint),
  darkCard: Type.Optional(paint),
})

const option = Type.Object({ key: Type.String(), text: Type.String() })

const screenshotTextsSchema = Type.Object({
  add: Type.String(),
  point: Type.String(),
  blur: Type.String(),
  share: Type.String(),
  take: Type.String(),
  cancel: Type.String(),
  preview: Type.String(),
  remove: Type.String(),
  retake: Type.String(),
  failed: Type.String(),
})

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
  multiline: Type.Optional(Type.Boolean()),
  min: Type.Optional(Type.Integer()),
  max: Type.Optional(Type.Integer()),
  shuffle: Type.Optional(Type.Boolean()),
  url: Type.Optional(Type.String()),
  label: Type.Optional(Type.String()),
  screenshot: Type.Optional(screenshotTextsSchema),
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
  over: Type.Optional(Type.String()),
  tooFew: Type.Optional(Type.String()),
  tooMany: Type.Optional(Type.String()),
  email: Type.Optional(Type.String()),
  progress: Type.Optional(Type.String()),
  snooze: Type.Optional(Type.String()),
  later: Type.Optional(Type.String()),
  days90: Type.Optional(Type.String()),
  never: Type.Optional(Type.String()),
})

export const surveyTextsSchema = Type.Object({
  id: Type.String(),
  version: Type.Integer({ minimum: 0 }),
  locale: Type.String(),
  dir: oneOf('ltr', 'rtl'),
  appearance: panelAppearanceSchema,
  questions: Type.Array(questionTextsSchema),
  ending: Type.String(),
  ui: uiTextsSchema,
  layout: Type.Optional(Type.Literal('page')),
  teaser: Type.Optional(Type.String()),
  button: Type.Optional(Type.String()),
  snooze: Type.Optional(Type.Boolean()),
})
