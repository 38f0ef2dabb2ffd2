import type { Condition } from '@heed/contract'
import { glob } from './glob.ts'

/** Conditions nested deeper match nothing; also what stops one that contains itself. */
const maxDepth = 32

/**
 * The value at a dotted path (`"cart.value"`, `"items.0.id"`), undefined when missing. Own members only, so that
 * `"constructor.name"` is as missing as it looks; a getter that throws counts as missing too.
 */
export function lookup(facts: unknown, path: string): unknown {
  try {
    return path
      .split('.')
      .reduce<unknown>(
        (at, key) => (Object.hasOwn(at as object, key) ? (at as never)[key] : undefined),
        facts,
      )
  } catch {
    return undefined
  }
}

/** Scalar equality; null stands for a missing value as well. */
const isSame = (value: unknown, wants: unknown) => (value ?? null) === wants

const isAnyOf = (value: unknown, wants: unknown) =>
  (wants as unknown[]).some((want) => [value].flat().some((one) => isSame(one, want)))

/** Only numbers and non-empty strings have an order: JavaScript takes null and '' for 0, "cart below 50" must not. */
const isOrdered = (value: unknown) => typeof value === 'number' || (typeof value === 'string' && value !== '')

function operate(operator: string, value: unknown, wants: unknown, depth: number): boolean {
  const [a, b] = isOrdered(value) && isOrdered(wants) ? [value as number, wants as number] : [NaN, NaN]
  const list = Array.isArray(value) ? (value as unknown[]) : undefined
  switch (operator) {
    case '$and':
      return (wants as unknown[]).every((one) => check(value, one, depth))
    case '$or':
      return !(wants as unknown[]).length || (wants as unknown[]).some((one) => check(value, one, depth))
    case '$nor':
      return !operate('$or', value, wants, depth)
    case '$not':
      return !check(value, wants, depth)
    case '$eq':
      return isSame(value, wants)
    case '$ne':
      return !isSame(value, wants)
    case '$lt':
      return a < b
    case '$lte':
      return a <= b
    case '$gt':
      return a > b
    case '$gte':
      return a >= b
    case '$in':
      return isAnyOf(value, wants)
    case '$nin':
      return !isAnyOf(value, wants)
    case '$all':
      return !!list && (wants as unknown[]).every((want) => isAnyOf(list, [want]))
    case '$elemMatch':
      return !!list?.some((one) => check(one, wants, depth))
    case '$size':
      return !!list && check(list.length, wants, depth)
    case '$exists':
      return isSame(value, null) !== wants
    case '$type':
      return (list ? 'array' : value === null ? 'null' : typeof value) === wants
    case '$glob':
      return typeof value === 'string' && glob(wants as string, value)
  }
  throw new Error(operator)
}

/** One function for every level: a `$` key is an operator on the value at hand, any other a path into it. */
function check(value: unknown, wants: unknown, depth: number): boolean {
  if (depth > maxDepth) throw new Error('depth')
  if (typeof wants !== 'object' || !wants) return isSame(value, wants)
  return Object.entries(wants).every(([key, want]) =>
    key[0] === '$' ? operate(key, value, want, depth + 1) : check(lookup(value, key), want, depth + 1),
  )
}

/**
 * Whether the facts meet a condition. A comparison with a missing value is false, so its negations (`$ne`, `$nin`,
 * `$not`) are true; `null` stands for missing. Never throws: a malformed condition (unknown operator, no list where
 * one belongs, nested deeper than 32) matches nothing, wherever in it the flaw stands.
 */
export function matches(condition: Condition, facts: Record<string, unknown>): boolean {
  try {
    return check(facts, condition, 0)
  } catch {
    return false
  }
}
