import { type RawBuilder, sql } from 'kysely'
import { UnknownDimensionError } from '../errors.ts'
import { boolean, json, number, text, type Value } from './value.ts'

// What reports may be split and filtered by. Nothing but these names ever becomes SQL; the rest is parameters.

const shared = ['device', 'country', 'locale', 'version', 'page', 'event'] as const
const scores = ['nps', 'csat', 'ces', 'gcr'] as const
const responseDimensions = [...shared, 'trigger', 'variant.<name>', 'attributes.<name>']

/** A table, or a subquery that has the shared dimensions as columns of the same names. */
type Source = 'responses' | 'reached'

const column = (source: Source, name: string) => sql.ref(`${source}.${name}`)

function sharedValue(source: Source, name: string | undefined): Value | undefined {
  if (name === 'version') return number(column(source, 'survey_version'))
  return shared.some((known) => known === name) ? text(column(source, name ?? '')) : undefined
}

function contextValue(source: Source, path: readonly string[]): RawBuilder<unknown> {
  return sql`(${column(source, 'context')} #> ${[...path]}::text[])`
}

/** What a path of `where` stands for in a report on responses. */
export function resolveResponse(path: readonly string[]): Value {
  const [name = '', ...rest] = path
  if (name === 'variant' || name === 'attributes') return json(contextValue('responses', path))
  const isScore = scores.some((score) => score === name)
  const value =
    sharedValue('responses', name) ??
    (name === 'trigger' ? text(column('responses', name)) : undefined) ??
    (name === 'completed' ? boolean(column('responses', name)) : undefined) ??
    (isScore ? number(column('responses', name)) : undefined)
  if (value && rest.length === 0) return value
  throw new UnknownDimensionError(path.join('.'), [...responseDimensions, ...scores, 'completed'])
}

/** What a path of `where` stands for in the funnel, whose displays know no more than this. */
export function resolveReached(path: readonly string[]): Value {
  const value = path.length === 1 ? sharedValue('reached', path[0]) : undefined
  if (value) return value
  throw new UnknownDimensionError(path.join('.'), shared)
}

/** The text that responses are grouped by. */
export function groupResponses(dimension: string): RawBuilder<string | null> {
  const path = dimension.split('.')
  const [name = '', ...rest] = path
  if ((name === 'variant' || name === 'attributes') && rest.length > 0) {
    return sql`(${column('responses', 'context')} #>> ${path}::text[])`
  }
  if (name === 'trigger' && rest.length === 0) return sql`${column('responses', name)}`
  return groupShared('responses', dimension, responseDimensions)
}

/** The text that the funnel is grouped by. */
export const groupReached = (dimension: string): RawBuilder<string | null> =>
  groupShared('reached', dimension, shared)

function groupShared(source: Source, name: string, known: readonly string[]): RawBuilder<string | null> {
  const value = sharedValue(source, name)
  if (!value || value.kind === 'missing') throw new UnknownDimensionError(name, known)
  return sql`${value.sql}::text`
}
