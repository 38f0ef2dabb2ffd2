import type { Scalar } from '@heed/contract'
import { type RawBuilder, sql } from 'kysely'
import { type Claim, jsonText, no, type Value } from './value.ts'

const operators = { $lt: sql`<`, $lte: sql`<=`, $gt: sql`>`, $gte: sql`>=` }
export type Comparison = keyof typeof operators

export const isComparison = (operator: string): operator is Comparison => Object.hasOwn(operators, operator)

/** Equal in type and value; null equals what is missing. */
export function equals(value: Value, wants: Scalar): Claim {
  if (value.kind === 'missing') return wants === null ? sql`true` : no
  if (value.kind === 'json') return sql`coalesce(${value.sql}, 'null') = ${JSON.stringify(wants)}::jsonb`
  if (wants === null) return sql`${value.sql} is null`
  if (value.kind !== typeNames[typeof wants]) return no
  // Without the cast PostgreSQL takes the parameter for the column's own type, and 9.5 is no smallint.
  const wanted = value.kind === 'number' ? sql`${wants}::numeric` : sql`${wants}`
  return sql`coalesce(${value.sql} = ${wanted}, false)`
}

const typeNames: Record<string, Value['kind']> = { string: 'text', number: 'number', boolean: 'boolean' }

/**
 * Order as JavaScript sees it: two texts by their characters, anything else as numbers where both are numbers (a text
 * that spells a decimal number counts). False for what is missing, empty or not comparable.
 */
export function compare(value: Value, operator: Comparison, wants: string | number): Claim {
  const sign = operators[operator]
  if (value.kind === 'missing') return no
  const wantedNumber = wants === '' ? 0 : Number(wants)
  const asNumbers: Claim = Number.isFinite(wantedNumber)
    ? sql`coalesce(${numeric(value)} ${sign} ${wantedNumber}::numeric, false)`
    : no
  if (typeof wants === 'number') return asNumbers
  // "C" orders by code point; any other collation depends on the server.
  const asTexts = (given: RawBuilder<unknown>): Claim =>
    sql`coalesce(${given} <> '' and ${given} collate "C" ${sign} ${wants}, false)`
  if (value.kind === 'text') return asTexts(value.sql)
  if (value.kind !== 'json') return asNumbers
  return sql`case jsonb_typeof(${value.sql}) when 'string' then ${asTexts(sql`(${jsonText(value.sql)})`)} else ${asNumbers} end`
}

// Not every spelling JavaScript knows, but none that numeric refuses or that would make it gigantic.
const decimal = '^\\s*[+-]?(\\d{1,40}\\.?\\d{0,40}|\\.\\d{1,40})([eE][+-]?\\d{1,2})?\\s*$'

// CASE, not AND: only CASE promises that the cast is not tried on what does not match.
const textToNumeric = (value: RawBuilder<unknown>) =>
  sql`case when (${value}) ~ ${decimal} then (${value})::numeric end`

function numeric(value: Exclude<Value, { kind: 'missing' }>): RawBuilder<unknown> {
  if (value.kind === 'number') return value.sql
  if (value.kind === 'boolean') return sql`(${value.sql})::int`
  if (value.kind === 'text') return textToNumeric(value.sql)
  const { sql: given } = value
  return sql`case jsonb_typeof(${given}) when 'number' then (${given})::numeric
    when 'boolean' then (${given})::boolean::int when 'string' then ${textToNumeric(jsonText(given))} end`
}
