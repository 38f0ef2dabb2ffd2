import type { Condition } from '@heed/contract'
import { glob } from './glob.ts'
import { safely } from './safely.ts'

/**
 * The value at a dotted path (`"cart.value"`, `"items.0.id"`), undefined when missing. Own members only, so that
 * `"constructor.name"` is as missing as it looks, and so
 * are the characters of a text; a getter that throws counts as missing too.
 */
export const lookup = (facts: unknown, path: string): unknown =>
  safely(() =>
    path
      .split('.')
      .reduce<unknown>(
        (at, key) =>
          typeof at === 'object' && Object.keys(at as object).includes(key) ? (at as never)[key] : undefined,
        facts,
      ),
  )

function operate(operator: string, value: unknown, wants: unknown): boolean {
  // Only these have an order: JavaScript takes null and '' for 0, but "cart below 50" is not met by people without one.
  const ordered = (typeof value === 'object' || value === '' ? undefined : value) as number
  const list = Array.isArray(value) ? (value as unknown[]) : undefined
  const meets = (want: unknown) => check(value, want)
  const isAmong = (want: unknown) => [value].flat().some((item) => check(item, want))
  switch (operator) {
    case '$and':
      return (wants as unknown[]).every(meets)
    case '$or':
      return !(wants as unknown[]).length || (wants as unknown[]).some(meets)
    case '$nor':
      return !operate('$or', value, wants)
    case '$eq':
      return meets(wants)
    case '$ne':
    case '$not':
      return !meets(wants)
    case '$lt':
      return ordered < (wants as number)
    case '$lte':
      return ordered <= (wants as number)
    case '$gt':
      return ordered > (wants as number)
    case '$gte':
      return ordered >= (wants as number)
    case '$in':
      return (wants as unknown[]).some(isAmong)
    case '$nin':
      return !(wants as unknown[]).some(isAmong)
    case '$all':
      return !!list && (wants as unknown[]).every(isAmong)
    case '$elemMatch':
      return !!list && isAmong(wants)
    case '$size':
      return check(list?.length, wants)
    case '$exists':
      return (value == null) !== wants
    case '$type':
      return (list ? 'array' : value === null ? 'null' : typeof value) === wants
    case '$glob':
      return typeof value === 'string' && glob(wants as string, value)
  }
  throw operator
}

/**
 * One function for every level: a `$` key is an operator on the value at hand, any other a path into it, a scalar
 * equality, where null stands for a missing value as well.
 */
const check = (value: unknown, wants: unknown): boolean =>
  wants && typeof wants === 'object'
    ? Object.entries(wants).every(([key, want]) =>
        key[0] === '$' ? operate(key, value, want) : check(lookup(value, key), want),
      )
    : (value ?? null) === wants

/**
 * Whether the facts meet a condition. A comparison with a missing value is false, so its negations (`$ne`, `$nin`,
 * `$not`) are true; `null` stands for missing. Never throws: a malformed condition (unknown operator, no list where
 * one belongs, nested deeper than the stack) matches nothing, wherever in it the flaw stands.
 */
export const matches = (condition: Condition, facts: Record<string, unknown>): boolean =>
  !!safely(() => check(facts, condition))
