import { type SuspiciousPolicy, suspiciousPolicies } from '@heed/contract'
import type { ResponseFilter } from '@heed/db'
import Type from 'typebox'
import type { Db } from '../../services.ts'
import {
  includesSuspicious,
  periodParameters,
  readPeriod,
  readWhere,
  whereParameter,
} from './report-query.ts'
import { needSurvey } from './surveys/need-survey.ts'

const suspiciousChoice = Type.Unsafe<SuspiciousPolicy | 'only'>({
  type: 'string',
  enum: [...suspiciousPolicies, 'only'],
  description: 'suspicious ones left out, included, or nothing else; the setting of the project by default',
})

/** Query parameters that choose responses, for the list and the export. */
export const filterParameters = {
  survey: Type.Optional(
    Type.String({ minLength: 1, maxLength: 80, description: 'id or key; every survey when absent' }),
  ),
  ...periodParameters,
  ...whereParameter,
  excluded: Type.Optional(Type.Boolean({ description: 'only excluded ones, or only the others' })),
  test: Type.Optional(Type.Boolean({ description: 'test answers instead of real ones' })),
  suspicious: Type.Optional(suspiciousChoice),
  search: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 200,
      description:
        'Words of what visitors wrote: all of them, in any order, whatever their case and accents; the last one may be a beginning. Chinese, Japanese and Korean are found by any two neighbouring characters.',
    }),
  ),
}

interface FilterQuery {
  survey?: string
  from?: string
  to?: string
  where?: string
  excluded?: boolean
  test?: boolean
  suspicious?: SuspiciousPolicy | 'only'
  search?: string
}

/** @throws {ProblemError} `unknown_survey`, `invalid_request` */
export async function readFilter(db: Db, projectId: string, query: FilterQuery): Promise<ResponseFilter> {
  const where = readWhere(query.where)
  const suspicious = await onlySuspicious(db, projectId, query.suspicious)
  const survey = query.survey === undefined ? undefined : await needSurvey(db, projectId, query.survey)
  return {
    ...readPeriod(query),
    ...(survey && { surveyId: survey.id }),
    ...(where && { where }),
    ...(query.excluded !== undefined && { excluded: query.excluded }),
    ...(query.test !== undefined && { test: query.test }),
    ...(suspicious !== undefined && { suspicious }),
    ...(query.search !== undefined && { search: query.search }),
  }
}

/** For the filter: only suspicious ones, only the others, or both. */
async function onlySuspicious(
  db: Db,
  projectId: string,
  wanted: FilterQuery['suspicious'],
): Promise<boolean | undefined> {
  if (wanted === 'only') return true
  return (await includesSuspicious(db, projectId, wanted)) ? undefined : false
}
