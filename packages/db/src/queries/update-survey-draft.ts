import type { Survey, SurveyDefinition } from '@heed/contract'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'
import { explainKeyTaken, surveyRecord } from './survey-record.ts'

/**
 * Replaces the draft; visitors keep meeting the published version. Undefined when there is no such survey; throws
 * SurveyKeyTakenError when the new key belongs to another one.
 */
export async function updateSurveyDraft(
  db: Kysely<Database>,
  projectId: string,
  surveyId: string,
  definition: SurveyDefinition,
): Promise<Survey | undefined> {
  const row = await db
    .updateTable('surveys')
    .set({ key: definition.key, draft: JSON.stringify(definition), updated_at: sql<Date>`now()` })
    .where('project_id', '=', projectId)
    .where('id', '=', surveyId)
    .returningAll()
    .executeTakeFirst()
    .catch((error: unknown) => explainKeyTaken(error, definition.key))
  return row && surveyRecord(row)
}
