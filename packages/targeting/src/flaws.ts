import type { SurveyDefinition } from '@heed/contract'

/** One place of a rule that could never work as meant, and what belongs there. */
export interface Flaw {
  /** `audience.device.$regex`, `urls.include[0]`, `triggers[1].where.value` */
  path: string
  message: string
}

/** The rules that people write; of a survey, or the protected URLs of a project. */
export type WrittenRules = Partial<Pick<SurveyDefinition, 'audience' | 'urls' | 'triggers'>> & {
  protectedUrls?: string[]
}

const maxDepth = 16

const isScalar = (value: unknown) => value === null || ['string', 'number', 'boolean'].includes(typeof value)
const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)
const isScalarList = (value: unknown) => Array.isArray(value) && value.every(isScalar)
const isOrdered = (value: unknown) => typeof value === 'number' || (typeof value === 'string' && value !== '')
const types = ['string', 'number', 'boolean', 'array', 'object', 'null', 'undefined']

const scalar = [isScalar, 'a text, a number, true, false or null'] as const
const ordered = [isOrdered, 'a number or a text'] as const
const scalars = [isScalarList, 'a list of texts, numbers, true, false or null'] as const
const conditions = [Array.isArray, 'a list of conditions'] as const
const nested = [isObject, 'a condition'] as const

/** What each operator takes. */
const operands: Record<string, readonly [isValid: (value: unknown) => boolean, expected: string]> = {
  $and: conditions,
  $or: conditions,
  $nor: conditions,
  $not: nested,
  $eq: scalar,
  $ne: scalar,
  $lt: ordered,
  $lte: ordered,
  $gt: ordered,
  $gte: ordered,
  $in: scalars,
  $nin: scalars,
  $all: scalars,
  $elemMatch: nested,
  $size: [(value) => typeof value === 'number' || isObject(value), 'a number or a condition on it'],
  $exists: [(value) => typeof value === 'boolean', 'true or false'],
  $type: [(value) => types.includes(value as string), `one of ${types.join(', ')}`],
  $glob: [(value) => typeof value === 'string', 'a text in which * stands for anything'],
}

function inCondition(condition: unknown, at: string, depth = 0): Flaw[] {
  if (!isObject(condition)) return [{ path: at, message: 'expected a condition' }]
  if (depth > maxDepth) return [{ path: at, message: `nested deeper than ${maxDepth}` }]
  return Object.entries(condition as object).flatMap(([key, wants]) => {
    const path = `${at}.${key}`
    if (key[0] !== '$') return isScalar(wants) ? [] : inCondition(wants, path, depth + 1)
    const operand = operands[key]
    if (!operand)
      return [{ path, message: `no operator, expected one of ${Object.keys(operands).join(' ')}` }]
    const [isValid, expected] = operand
    if (!isValid(wants)) return [{ path, message: `expected ${expected}` }]
    if (operand === conditions) {
      return (wants as unknown[]).flatMap((one, i) => inCondition(one, `${path}[${i}]`, depth + 1))
    }
    return isObject(wants) ? inCondition(wants, path, depth + 1) : []
  })
}

const inPatterns = (patterns: readonly string[] = [], at: string): Flaw[] =>
  patterns.flatMap((pattern, i) => {
    const path = `${at}[${i}]`
    if (pattern.includes('#'))
      return [{ path, message: 'the part from # on is never compared: leave it out' }]
    if (/^(\*|\/|[a-z*]+:\/\/)/i.test(pattern)) return []
    return [{ path, message: `fits no page: begin with https://, / or *, as in "*${pattern}"` }]
  })

/**
 * Every place where rules could never do what they say: unknown operators, operands of the wrong kind, URL patterns
 * that fit no page. In the page such a condition silently matches nothing, so refuse it where it is written. A
 * condition without flaws is true or its negation is.
 */
export function findFlaws({ audience, urls, triggers, protectedUrls }: WrittenRules): Flaw[] {
  return [
    ...(audience === undefined ? [] : inCondition(audience, 'audience')),
    ...inPatterns(urls?.include, 'urls.include'),
    ...inPatterns(urls?.exclude, 'urls.exclude'),
    ...inPatterns(protectedUrls, 'protectedUrls'),
    ...(triggers ?? []).flatMap((trigger, i) =>
      trigger.on === 'event' && trigger.where ? inCondition(trigger.where, `triggers[${i}].where`) : [],
    ),
  ]
}
