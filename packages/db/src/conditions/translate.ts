import type { Scalar } from '@heed/contract'
import { type RawBuilder, sql } from 'kysely'
import { InvalidConditionError } from '../errors.ts'
import { compare, equals, isComparison } from './compare.ts'
import { type Claim, hasJsonType, json, jsonText, no, type Value, yes } from './value.ts'

/** Finds what a path stands for; throws UnknownDimensionError for one that may not be asked. */
export type Resolve = (path: readonly string[]) => Value

const maxDepth = 16
const maxParts = 300

/**
 * A condition as SQL, with the meaning that `matches` of the targeting package gives it. Every value is a parameter.
 * Throws InvalidConditionError where `matches` would quietly match nothing, and UnknownDimensionError.
 */
export function translate(condition: unknown, resolve: Resolve): Claim {
  let parts = 0

  function all(
    wants: unknown,
    at: string,
    depth: number,
    onKey: (key: string, want: unknown) => Claim,
  ): Claim {
    if (!isObject(wants)) throw new InvalidConditionError(`${at}: expected a value or an object`)
    if (depth > maxDepth) throw new InvalidConditionError(`${at}: nested deeper than ${maxDepth}`)
    parts += Object.keys(wants).length
    if (parts > maxParts) throw new InvalidConditionError(`more than ${maxParts} parts`)
    return join(
      Object.entries(wants).map(([key, want]) => onKey(key, want)),
      'and',
    )
  }

  /** A condition on the whole response: paths and logic. */
  function onRoot(wants: unknown, at: string, depth: number): Claim {
    return all(wants, at, depth, (key, want) => {
      const place = `${at}.${key}`
      if (!key.startsWith('$')) return onValue(resolve(key.split('.')), want, place, depth + 1)
      if (key === '$not') return negate(onRoot(want, place, depth + 1))
      return logic(key, want, place, (item, where) => onRoot(item, where, depth + 1))
    })
  }

  function onValue(value: Value, wants: unknown, at: string, depth: number): Claim {
    if (isScalar(wants)) return equals(value, wants)
    return all(wants, at, depth, (key, want) => {
      const place = `${at}.${key}`
      if (!key.startsWith('$')) return onValue(member(value, key.split('.')), want, place, depth + 1)
      return operate(value, key, want, place, depth + 1)
    })
  }

  function operate(value: Value, operator: string, wants: unknown, at: string, depth: number): Claim {
    if (isComparison(operator)) {
      if (typeof wants === 'string' || typeof wants === 'number') return compare(value, operator, wants)
      throw new InvalidConditionError(`${at}: expected a number or a text`)
    }
    switch (operator) {
      case '$eq':
        return onValue(value, wants, at, depth)
      case '$ne':
      case '$not':
        return negate(onValue(value, wants, at, depth))
      case '$in':
        return isAmong(value, scalars(wants, at))
      case '$nin':
        return negate(isAmong(value, scalars(wants, at)))
      case '$all':
        return join([isList(value), ...scalars(wants, at).map((want) => isAmong(value, [want]))], 'and')
      case '$elemMatch':
        return anyElement(value, depth, (element) => onValue(element, wants, at, depth))
      case '$size':
        return onValue(lengthOf(value), wants, at, depth)
      case '$exists':
        if (typeof wants !== 'boolean') throw new InvalidConditionError(`${at}: expected true or false`)
        return wants ? negate(equals(value, null)) : equals(value, null)
      case '$type':
        if (typeof wants !== 'string') throw new InvalidConditionError(`${at}: expected the name of a type`)
        return sql`${typeOf(value)} = ${wants}`
      case '$glob':
        if (typeof wants !== 'string') throw new InvalidConditionError(`${at}: expected a pattern`)
        return isLike(value, wants)
      default:
        return logic(operator, wants, at, (item, where) => onValue(value, item, where, depth))
    }
  }

  checkCharacters(condition)
  return onRoot(condition, 'where', 0)
}

/** PostgreSQL stores neither NUL nor half of a surrogate pair, so nothing could match; it would refuse the statement. */
function checkCharacters(condition: unknown): void {
  // In JSON text both stand as escapes, wherever they are.
  if (/\\u0000|\\ud[89a-f]/.test(JSON.stringify(condition) ?? '')) {
    throw new InvalidConditionError('where: contains NUL or a lone surrogate')
  }
}

function logic(
  operator: string,
  wants: unknown,
  at: string,
  each: (want: unknown, at: string) => Claim,
): Claim {
  if (operator !== '$and' && operator !== '$or' && operator !== '$nor') {
    throw new InvalidConditionError(`${at}: ${operator} is not an operator here`)
  }
  if (!Array.isArray(wants)) throw new InvalidConditionError(`${at}: expected a list of conditions`)
  const claims = wants.map((want: unknown, index) => each(want, `${at}[${index}]`))
  if (operator === '$and') return join(claims, 'and')
  const any = claims.length === 0 ? yes : join(claims, 'or')
  return operator === '$or' ? any : negate(any)
}

const join = (claims: Claim[], word: 'and' | 'or'): Claim =>
  claims.length === 0 ? yes : sql`(${sql.join(claims, word === 'and' ? sql` and ` : sql` or `)})`

const negate = (claim: Claim): Claim => sql`not (${claim})`

function member(value: Value, path: readonly string[]): Value {
  return value.kind === 'json' ? json(sql`(${value.sql} #> ${[...path]}::text[])`) : { kind: 'missing' }
}

/** The value itself, or an element of it when it is a list, equals one of these. */
function isAmong(value: Value, wants: readonly Scalar[]): Claim {
  const equalsOne = (one: Value) =>
    wants.length === 0
      ? no
      : join(
          wants.map((want) => equals(one, want)),
          'or',
        )
  if (value.kind !== 'json') return equalsOne(value)
  const element = json(sql`element`)
  return sql`case when ${isList(value)}
    then exists (select from jsonb_array_elements(${value.sql}) as list(element) where ${equalsOne(element)})
    else ${equalsOne(value)} end`
}

function anyElement(value: Value, depth: number, meets: (element: Value) => Claim): Claim {
  if (value.kind !== 'json') {
    meets({ kind: 'missing' })
    return no
  }
  const name = sql.ref(`element${depth}`)
  // Elements of what is no list: CASE keeps the function from being called on it.
  return sql`exists (select from jsonb_array_elements(case when ${isList(value)} then ${value.sql} else '[]' end) as list(${name})
    where ${meets(json(name))})`
}

const isList = (value: Value): Claim => (value.kind === 'json' ? hasJsonType(value.sql, 'array') : no)

// As json, whose null is "undefined" to `$type`: what is no list has no length.
const lengthOf = (value: Value): Value =>
  value.kind === 'json'
    ? json(sql`to_jsonb(case when ${isList(value)} then jsonb_array_length(${value.sql}) end)`)
    : { kind: 'missing' }

function typeOf(value: Value): RawBuilder<string> {
  if (value.kind === 'missing') return sql`'undefined'`
  if (value.kind === 'json') return sql`coalesce(jsonb_typeof(${value.sql}), 'undefined')`
  return sql`case when ${value.sql} is null then 'null' else ${value.kind === 'text' ? 'string' : value.kind} end`
}

function isLike(value: Value, pattern: string): Claim {
  const like = pattern.replace(/[\\%_]/g, '\\$&').replaceAll('*', '%')
  if (value.kind === 'text') return sql`coalesce(${value.sql} like ${like}, false)`
  if (value.kind !== 'json') return no
  return sql`(${hasJsonType(value.sql, 'string')} and coalesce(${jsonText(value.sql)} like ${like}, false))`
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isScalar = (value: unknown): value is Scalar =>
  value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)

function scalars(wants: unknown, at: string): Scalar[] {
  if (Array.isArray(wants) && wants.every(isScalar)) return wants
  throw new InvalidConditionError(`${at}: expected a list of values`)
}
