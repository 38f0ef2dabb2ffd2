import type { AnswerValue, Metric, Question, SurveyDefinition } from '@heed/contract'
import { defaultTextLength } from '@heed/contract'

/** What is wanted instead (`an integer from 0 to 10`), undefined when the value is fine. */
type Check = (value: unknown) => string | undefined

interface AnswerRefusal {
  code: 'unknown_question' | 'invalid_answer'
  detail: string
}

/** The columns that reports count. */
type MetricValues = Partial<Record<Metric, number>>

export interface AnswerChecks {
  /** The first wrong answer, named with its place. */
  check(answers: Readonly<Record<string, unknown>>): AnswerRefusal | undefined
  metricsOf(answers: Readonly<Record<string, AnswerValue>>): MetricValues
  /** Questions for a free text, which search finds. */
  textKeys: readonly string[]
}

const maxOtherLength = 500
const gcrValues: Record<string, number> = { no: 0, partly: 1, yes: 2 }

/** Prepares the checks of one published version, once; they run for every answer given to it. */
export function compileAnswerChecks(definition: Pick<SurveyDefinition, 'questions'>): AnswerChecks {
  const checks = new Map(definition.questions.map((question) => [question.key, compileCheck(question)]))
  const known = [...checks.keys()].join(', ')
  const scored = definition.questions.flatMap((question) =>
    'metric' in question && question.metric ? [{ key: question.key, metric: question.metric }] : [],
  )
  return {
    check(answers) {
      for (const key in answers) {
        const check = checks.get(key)
        if (!check) {
          const detail = `answers.${key}: the survey has no question of this key; it has ${known}`
          return { code: 'unknown_question', detail }
        }
        const expected = check(answers[key])
        if (expected !== undefined) {
          const detail = `answers.${key}: expected ${expected}, got ${describe(answers[key])}`
          return { code: 'invalid_answer', detail }
        }
      }
      return undefined
    },
    metricsOf(answers) {
      const values: MetricValues = {}
      for (const { key, metric } of scored) {
        const answer = answers[key]
        if (typeof answer === 'number') values[metric] = answer
        else if (typeof answer === 'string' && metric === 'gcr') values.gcr = gcrValues[answer] ?? 0
      }
      return values
    },
    textKeys: definition.questions.flatMap(({ kind, key }) => (kind === 'text' ? [key] : [])),
  }
}

function compileCheck(question: Question): Check {
  switch (question.kind) {
    case 'nps':
      return integer(0, 10)
    case 'csat':
      return integer(1, 5)
    case 'ces':
      return integer(1, 7)
    case 'rating':
      return integer(1, question.scale ?? 5)
    case 'gcr':
      return oneOf(['yes', 'partly', 'no'])
    case 'thumbs':
      return oneOf(['up', 'down'])
    case 'single':
      return single(question)
    case 'multiple':
      return multiple(question)
    case 'text':
      return text(question.maxLength ?? defaultTextLength)
    case 'email':
      return (value) =>
        isText(value, 320) && /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(value) ? undefined : 'an e-mail address'
    case 'consent':
      return (value) => (typeof value === 'boolean' ? undefined : 'true or false')
    case 'link':
    case 'message':
      return () => `no answer, a ${question.kind} takes none`
  }
}

function integer(low: number, high: number): Check {
  const expected = `an integer from ${low} to ${high}`
  return (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= low && value <= high
      ? undefined
      : expected
}

function oneOf(keys: readonly string[]): Check {
  const expected = `one of ${keys.join(', ')}`
  return (value) => (typeof value === 'string' && keys.includes(value) ? undefined : expected)
}

function text(maxLength: number): Check {
  const expected = `a text of at most ${maxLength} characters`
  return (value) => (isText(value, maxLength) ? undefined : expected)
}

function single({ options, other }: Extract<Question, { kind: 'single' }>): Check {
  const keys = options.map((option) => option.key)
  const expected = `one of ${keys.join(', ')}${other ? ' or { other: text }' : ''}`
  return (value) => {
    if (typeof value === 'string') return keys.includes(value) ? undefined : expected
    return other && isRecord(value) && hasOnly(value, ['other']) && isText(value.other, maxOtherLength)
      ? undefined
      : expected
  }
}

function multiple({ options, other, min, max }: Extract<Question, { kind: 'multiple' }>): Check {
  const keys = options.map((option) => option.key)
  const most = max ?? keys.length + (other ? 1 : 0)
  const expected = `${min ?? 0} to ${most} of ${keys.join(', ')}, each once${other ? ', or { keys, other: text }' : ''}`
  return (value) => {
    const choice = readChoice(value)
    if (!choice || (choice.other !== undefined && !(other && isText(choice.other, maxOtherLength))))
      return expected
    const count = choice.keys.length + (choice.other === undefined ? 0 : 1)
    const isFine =
      new Set(choice.keys).size === choice.keys.length && choice.keys.every((key) => keys.includes(key))
    return isFine && count >= (min ?? 0) && count <= most ? undefined : expected
  }
}

/** `["a", "b"]` or `{ "keys": ["a"], "other": "..." }`. */
function readChoice(value: unknown): { keys: string[]; other?: unknown } | undefined {
  if (Array.isArray(value)) return { keys: value }
  if (!isRecord(value) || !hasOnly(value, ['keys', 'other']) || !Array.isArray(value.keys)) return undefined
  return { keys: value.keys, other: value.other }
}

function isText(value: unknown, maxLength: number): value is string {
  return typeof value === 'string' && value.length <= maxLength
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function hasOnly(value: Record<string, unknown>, keys: readonly string[]): boolean {
  return Object.keys(value).every((key) => keys.includes(key))
}

/** Short and without the visitor's words: a detail travels through logs and consoles that are not ours. */
function describe(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return String(value)
  if (typeof value === 'string') return `a text of ${value.length} characters`
  return Array.isArray(value) ? `a list of ${value.length}` : 'an object'
}
