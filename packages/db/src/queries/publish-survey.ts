import type { Survey } from '@heed/contract'
import { sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'
import { surveyRecord } from './survey-record.ts'

/** Freezes the draft as the next version and makes it live. Undefined when there is no such survey. */
export async function publishSurvey(
  trx: Transaction<Database>,
  projectId: string,
  surveyId: string,
): Promise<Survey | undefined> {
  // The update locks the row first, so two publications at once get two numbers.
  const row = await trx
    .updateTable('surveys')
    .set({
      status: 'live',
      version: sql<number>`version + 1`,
      closed_at: null,
      updated_at: sql<Date>`now()`,
    })
    .where('project_id', '=', projectId)
    .where('id', '=', surveyId)
    .returningAll()
    .executeTakeFirst()
  if (!row) return undefined
  await trx
    .insertInto('survey_versions')
    .values({
      project_id: projectId,
      survey_id: surveyId,
      version: row.version,
      definition: JSON.stringify(row.draft),
    })
    .execute()
  return surveyRecord(row)
}
