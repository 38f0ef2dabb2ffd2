import Type, { type TProperties } from 'typebox'
import type { Condition, ConditionOperators } from '../condition.ts'
import { maxTextLength } from '../limits.ts'
import { adapterNames, type Trigger } from '../survey.ts'
import { suspiciousPolicies } from '../suspicion.ts'
import { localeSchema, localizedTextSchema, oneOf, timestampSchema } from './literals.ts'

const strict = { additionalProperties: false }

// Shape only. Operators and depth are checked where a condition is compiled, which can name the wrong place.
const conditionSchema = Type.Unsafe<Condition>({ type: 'object' })
const operatorsSchema = Type.Unsafe<ConditionOperators>({ type: 'object' })

const delay = { delayMs: Type.Optional(Type.Integer({ minimum: 0, maximum: 86_400_000 })) }
const selector = Type.String({ minLength: 1, maxLength: 500 })
const seconds = Type.Number({ minimum: 0, maximum: 86_400 })
const eventName = Type.String({ minLength: 1, maxLength: 100 })

const trigger = <Kind extends Trigger['on'], Properties extends TProperties>(
  on: Kind,
  properties: Properties,
) => Type.Object({ on: Type.Literal(on), ...delay, ...properties }, strict)

const triggerSchema = Type.Union([
  trigger('page', {}),
  trigger('event', { name: eventName, where: Type.Optional(conditionSchema) }),
  trigger('click', { selector }),
  trigger('scroll', { percent: Type.Number({ minimum: 1, maximum: 100 }) }),
  trigger('dwell', { seconds }),
  trigger('idle', { seconds }),
  trigger('visible', { selector }),
  trigger('exit', {
    minSeconds: Type.Optional(seconds),
    sensitivity: Type.Optional(oneOf('low', 'normal', 'high')),
  }),
  trigger('nth', {
    what: oneOf('page', 'event'),
    count: Type.Integer({ minimum: 1, maximum: 1000 }),
    name: Type.Optional(eventName),
  }),
  trigger('manual', {}),
])

const questionBase = {
  key: Type.String({ pattern: '^[a-z0-9_-]{1,40}$' }),
  text: localizedTextSchema,
  hint: Type.Optional(localizedTextSchema),
  required: Type.Optional(Type.Boolean()),
  next: Type.Optional(
    Type.Array(
      Type.Object({ when: Type.Optional(operatorsSchema), go: Type.String({ maxLength: 40 }) }, strict),
      { maxItems: 20 },
    ),
  ),
}

const labels = Type.Optional(
  Type.Object({ low: Type.Optional(localizedTextSchema), high: Type.Optional(localizedTextSchema) }, strict),
)
const style = Type.Optional(oneOf('stars', 'smileys', 'numbers'))
const placeholder = Type.Optional(localizedTextSchema)
const choice = {
  options: Type.Array(
    Type.Object({ key: Type.String({ pattern: '^[a-z0-9_-]{1,40}$' }), text: localizedTextSchema }, strict),
    { minItems: 1, maxItems: 30 },
  ),
  other: Type.Optional(Type.Boolean()),
  shuffle: Type.Optional(Type.Boolean()),
}

const question = <Kind extends string, Properties extends TProperties>(kind: Kind, properties: Properties) =>
  Type.Object({ ...questionBase, kind: Type.Literal(kind), ...properties }, strict)

const questionSchema = Type.Union([
  question('nps', { metric: Type.Optional(Type.Literal('nps')), labels }),
  question('csat', { metric: Type.Optional(Type.Literal('csat')), style, labels }),
  question('ces', { metric: Type.Optional(Type.Literal('ces')), labels }),
  question('gcr', { metric: Type.Optional(Type.Literal('gcr')) }),
  question('thumbs', {}),
  question('rating', {
    scale: Type.Optional(Type.Union([Type.Literal(3), Type.Literal(5), Type.Literal(7), Type.Literal(10)])),
    style,
    labels,
  }),
  question('single', choice),
  question('multiple', {
    ...choice,
    min: Type.Optional(Type.Integer({ minimum: 0, maximum: 30 })),
    max: Type.Optional(Type.Integer({ minimum: 1, maximum: 30 })),
  }),
  question('text', {
    multiline: Type.Optional(Type.Boolean()),
    maxLength: Type.Optional(Type.Integer({ minimum: 1, maximum: maxTextLength })),
    placeholder,
    screenshot: Type.Optional(Type.Boolean()),
  }),
  question('email', { placeholder }),
  question('consent', {}),
  question('link', {
    url: Type.String({ pattern: '^https?://', maxLength: 2000 }),
    label: Type.Optional(localizedTextSchema),
  }),
  question('message', {}),
])

const colour = Type.String({ pattern: '^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$' })

export const appearanceSchema = Type.Object(
  {
    mode: Type.Optional(oneOf('auto', 'light', 'dark')),
    accent: Type.Optional(colour),
    accentDark: Type.Optional(colour),
    background: Type.Optional(colour),
    backgroundDark: Type.Optional(colour),
    text: Type.Optional(colour),
    textDark: Type.Optional(colour),
    radius: Type.Optional(Type.Number({ minimum: 0, maximum: 32 })),
    font: Type.Optional(oneOf('system', 'inherit')),
    density: Type.Optional(oneOf('comfortable', 'compact')),
    shadow: Type.Optional(oneOf('none', 'soft', 'strong')),
    logo: Type.Optional(Type.String({ pattern: '^https://', maxLength: 2000 })),
  },
  strict,
)

const positionSchema = Type.Optional(oneOf('bottom-end', 'bottom-start', 'top-end', 'top-start'))
const displayKindSchema = oneOf('popover', 'modal', 'bar', 'button', 'inline', 'page')

const patterns = Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 500 }), { maxItems: 100 }))
const clock = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' })

/** What the loader and the definition share, each member with its own docs in `SurveyDefinition`. */
export const decisionProperties = {
  key: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,63}$' }),
  triggers: Type.Array(triggerSchema, { minItems: 1, maxItems: 20 }),
  cancelOn: Type.Optional(Type.Array(Type.Object({ name: eventName }, strict), { maxItems: 20 })),
  urls: Type.Optional(Type.Object({ include: patterns, exclude: patterns }, strict)),
  audience: Type.Optional(conditionSchema),
  locales: Type.Array(localeSchema, { minItems: 1, maxItems: 60 }),
  sample: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
  frequency: Type.Optional(
    Type.Union([
      oneOf('once', 'untilAnswered', 'always'),
      Type.Object(
        {
          times: Type.Integer({ minimum: 1, maximum: 10 }),
          everyDays: Type.Number({ exclusiveMinimum: 0, maximum: 3650 }),
        },
        strict,
      ),
    ]),
  ),
}

export const hoursSchema = Type.Object(
  {
    from: clock,
    to: clock,
    days: Type.Optional(Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { minItems: 1, maxItems: 7 })),
  },
  strict,
)

const displaySchema = Type.Object(
  {
    kind: displayKindSchema,
    position: positionSchema,
    appearance: Type.Optional(appearanceSchema),
    selector: Type.Optional(selector),
    teaser: Type.Optional(localizedTextSchema),
    label: Type.Optional(localizedTextSchema),
    snooze: Type.Optional(Type.Boolean()),
    layout: Type.Optional(oneOf('steps', 'page')),
  },
  strict,
)
export const displayRulesSchema = Type.Object({
  kind: Type.Optional(displayKindSchema),
  position: positionSchema,
  selector: Type.Optional(selector),
})

const definitionProperties = {
  ...decisionProperties,
  name: Type.String({ minLength: 1, maxLength: 200 }),
  priority: Type.Optional(Type.Integer({ minimum: -1000, maximum: 1000 })),
  purpose: Type.Optional(Type.String({ maxLength: 2000 })),
  startAt: Type.Optional(Type.Union([timestampSchema, Type.Null()])),
  endAt: Type.Optional(Type.Union([timestampSchema, Type.Null()])),
  hours: Type.Optional(Type.Union([hoursSchema, Type.Null()])),
  maxResponses: Type.Optional(Type.Union([Type.Integer({ minimum: 1 }), Type.Null()])),
  display: displaySchema,
  questions: Type.Array(questionSchema, { minItems: 1, maxItems: 20 }),
  ending: Type.Optional(Type.Object({ text: localizedTextSchema }, strict)),
}

/** A survey as a marketer writes it. A misspelt member is refused by name rather than ignored. */
export const surveyDefinitionSchema = Type.Object(definitionProperties, strict)

/** A survey as the API returns it. */
export const surveySchema = Type.Object({
  ...definitionProperties,
  id: Type.String(),
  status: oneOf('draft', 'live', 'paused', 'archived'),
  version: Type.Integer({ minimum: 0 }),
  createdAt: timestampSchema,
  updatedAt: timestampSchema,
  full: Type.Optional(
    Type.Boolean({ description: 'It has its maxResponses; it stays live, and no page shows it any more' }),
  ),
  warnings: Type.Optional(Type.Array(Type.Object({ path: Type.String(), message: Type.String() }))),
})

const treatment = Type.Optional(oneOf('mask', 'hash', 'keep'))
const settingsProperties = {
  suspicious: Type.Optional(oneOf(...suspiciousPolicies)),
  origins: Type.Array(Type.String({ minLength: 1, maxLength: 300 }), { maxItems: 100 }),
  cooldownDays: Type.Number({ minimum: 0, maximum: 3650 }),
  onePerSession: Type.Boolean(),
  protectedUrls: Type.Array(Type.String({ minLength: 1, maxLength: 500 }), { maxItems: 100 }),
  queryKeys: Type.Array(Type.String({ pattern: '^[A-Za-z0-9_.-]{1,64}$' }), { maxItems: 20 }),
  collect: Type.Optional(Type.Array(oneOf('title', 'campaign'), { maxItems: 2 })),
  adapters: Type.Optional(Type.Array(oneOf(...adapterNames), { maxItems: adapterNames.length })),
  redaction: Type.Optional(
    Type.Object(
      {
        email: treatment,
        card: treatment,
        iban: treatment,
        phone: treatment,
        id: treatment,
        token: treatment,
      },
      strict,
    ),
  ),
  retentionDays: Type.Optional(Type.Union([Type.Integer({ minimum: 1, maximum: 3650 }), Type.Null()])),
}
export const projectSettingsSchema = Type.Object(settingsProperties, strict)

export const projectSchema = Type.Object({
  id: Type.String(),
  name: Type.String(),
  status: oneOf('active', 'paused'),
  publicKey: Type.String(),
  settings: projectSettingsSchema,
  createdAt: timestampSchema,
})
