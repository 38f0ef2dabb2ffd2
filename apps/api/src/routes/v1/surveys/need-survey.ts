import type { Survey } from '@heed/contract'
import { findSurvey } from '@heed/db'
import { ProblemError } from '../../../errors.ts'
import type { Db } from '../../../services.ts'

/** By id or by key. @throws {ProblemError} `unknown_survey` */
export async function needSurvey(db: Db, projectId: string, idOrKey: string): Promise<Survey> {
  return (await findSurvey(db, projectId, idOrKey)) ?? unknownSurvey(idOrKey)
}

export function unknownSurvey(idOrKey?: string): never {
  const which = idOrKey === undefined ? '' : ` with the id or key "${idOrKey.slice(0, 80)}"`
  throw new ProblemError('unknown_survey', `survey: the project has none${which}`)
}
