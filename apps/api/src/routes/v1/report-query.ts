import { type Condition, type SuspiciousPolicy, suspiciousPolicies } from '@heed/contract'
import { findProject } from '@heed/db'
import Type from 'typebox'
import { ProblemError } from '../../errors.ts'
import { sentence } from '../../explain-shape.ts'
import { conditionErrors } from '../../publish/condition-errors.ts'
import type { Db } from '../../services.ts'

const moment = (description: string) => Type.Optional(Type.String({ maxLength: 40, description }))

/** Query parameters that every report takes. */
export const periodParameters = {
  from: moment('ISO 8601, inclusive'),
  to: moment('ISO 8601, exclusive'),
}

export const whereParameter = {
  where: Type.Optional(
    Type.String({ maxLength: 8000, description: 'A condition as JSON: {"device":"phone","nps":{"$lte":6}}' }),
  ),
}

export const suspiciousParameter = {
  suspicious: Type.Optional(
    Type.Unsafe<SuspiciousPolicy>({
      type: 'string',
      enum: [...suspiciousPolicies],
      description: 'whether suspicious responses are counted; the setting of the project by default',
    }),
  ),
}

/** Whether suspicious responses belong to a report: as the query says, else as the project is set. */
export async function includesSuspicious(
  db: Db,
  projectId: string,
  wanted: SuspiciousPolicy | undefined,
): Promise<boolean> {
  const policy = wanted ?? (await findProject(db, projectId))?.settings.suspicious
  return policy === 'include'
}

/** @throws {ProblemError} `invalid_request` */
export function readPeriod(query: { from?: string; to?: string }): { from: Date | null; to: Date | null } {
  const period = { from: readMoment('from', query.from), to: readMoment('to', query.to) }
  if (period.from && period.to && period.from >= period.to) {
    throw new ProblemError('invalid_request', 'query.to: is not after from, so nothing lies between')
  }
  return period
}

/** @throws {ProblemError} `invalid_request`, with every wrong place of the condition */
export function readWhere(text: string | undefined): Condition | undefined {
  if (text === undefined || text === '') return undefined
  const condition = parse(text)
  const errors = conditionErrors(condition, 'query.where')
  const [first] = errors
  if (first)
    throw new ProblemError('invalid_request', sentence(first), { errors: errors.length > 1 ? errors : [] })
  return condition as Condition
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new ProblemError(
      'invalid_request',
      'query.where: cannot be read as JSON; write for instance {"device":"phone"}',
    )
  }
}

function readMoment(name: string, text: string | undefined): Date | null {
  if (text === undefined || text === '') return null
  // A bare date or a time without a zone would mean something else on another machine; only dates are read, as UTC.
  const isClear = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d))?$/.test(text)
  const date = isClear ? new Date(text) : new Date(Number.NaN)
  const day = text.slice(0, 10)
  // JavaScript reads 31 February as 3 March.
  const isInCalendar = new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day)
  if (Number.isNaN(date.getTime()) || !isInCalendar) {
    const expected = 'expected a date (2026-11-22, in UTC) or a time with its zone (2026-11-22T09:00:00Z)'
    throw new ProblemError('invalid_request', `query.${name}: ${expected}`)
  }
  return date
}
