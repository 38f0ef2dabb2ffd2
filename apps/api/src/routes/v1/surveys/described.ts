import type { Survey } from '@heed/contract'
import { listEventNames, listFullSurveys } from '@heed/db'
import { eventWarnings } from '../../../publish/event-warnings.ts'
import type { Db } from '../../../services.ts'

/** Surveys with what they do not know of themselves: whether they are full, and what looks like a mistake. */
export async function describeSurveys(
  db: Db,
  projectId: string,
  surveys: readonly Survey[],
): Promise<Survey[]> {
  const [events, full] = await Promise.all([
    listEventNames(db, projectId),
    surveys.some(({ status }) => status === 'live') ? listFullSurveys(db, projectId) : ([] as string[]),
  ])
  const heard = events.map(({ name }) => name)
  return surveys.map((survey) => ({
    ...survey,
    ...(full.includes(survey.id) && { full: true }),
    warnings: eventWarnings(survey, heard),
  }))
}

export async function describeSurvey(db: Db, projectId: string, survey: Survey): Promise<Survey> {
  const [described = survey] = await describeSurveys(db, projectId, [survey])
  return described
}
