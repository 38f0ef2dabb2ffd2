import type { Survey } from '@heed/contract'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'
import { SurveyNotPublishedError } from '../errors.ts'
import { findSurvey } from './find-survey.ts'
import { surveyRecord } from './survey-record.ts'

/**
 * Pauses, archives or resumes. Closing keeps the moment (`closed_at`), so that answers begun before it are still
 * taken. Undefined when there is no such survey; throws SurveyNotPublishedError for `live` without a version.
 */
export async function setSurveyStatus(
  db: Kysely<Database>,
  projectId: string,
  surveyId: string,
  status: 'live' | 'paused' | 'archived',
): Promise<Survey | undefined> {
  const row = await db
    .updateTable('surveys')
    .set({
      status,
      // Archiving a paused survey does not reopen the time between.
      closed_at: status === 'live' ? null : sql<Date>`coalesce(closed_at, now())`,
      updated_at: sql<Date>`now()`,
    })
    .where('project_id', '=', projectId)
    .where('id', '=', surveyId)
    .$if(status === 'live', (query) => query.where('version', '>', 0))
    .returningAll()
    .executeTakeFirst()
  if (row) return surveyRecord(row)
  const found = await findSurvey(db, projectId, surveyId)
  if (found?.id === surveyId) throw new SurveyNotPublishedError()
  return undefined
}
