import { type RawBuilder, sql } from 'kysely'

/**
 * What a path of a condition stands for in SQL. A column has one type and is null when missing; json may be anything,
 * and is missing when it is SQL null or JSON null.
 */
export type Value =
  | { kind: 'text' | 'number' | 'boolean' | 'json'; sql: RawBuilder<unknown> }
  | { kind: 'missing' }

/** A SQL boolean that is never null, so that it can be negated. */
export type Claim = RawBuilder<boolean>

export const yes: Claim = sql`true`
export const no: Claim = sql`false`

export const text = (expression: RawBuilder<unknown>): Value => ({ kind: 'text', sql: expression })
export const number = (expression: RawBuilder<unknown>): Value => ({ kind: 'number', sql: expression })
export const boolean = (expression: RawBuilder<unknown>): Value => ({ kind: 'boolean', sql: expression })
export const json = (expression: RawBuilder<unknown>): Value => ({ kind: 'json', sql: expression })

export const hasJsonType = (value: RawBuilder<unknown>, type: string): Claim =>
  sql`coalesce(jsonb_typeof(${value}) = ${type}, false)`

/** The text of a JSON string; meaningless for other types. */
export const jsonText = (value: RawBuilder<unknown>): RawBuilder<string> => sql`${value} #>> '{}'`
