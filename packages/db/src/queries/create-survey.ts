import type { Survey, SurveyDefinition } from '@heed/contract'
import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import { newId } from '../ids.ts'
import { explainKeyTaken, surveyRecord } from './survey-record.ts'

/** A new draft. Throws SurveyKeyTakenError when the project has a survey of this key. */
export async function createSurvey(
  db: Kysely<Database>,
  projectId: string,
  definition: SurveyDefinition,
): Promise<Survey> {
  const row = await db
    .insertInto('surveys')
    .values({
      project_id: projectId,
      id: newId('srv'),
      key: definition.key,
      draft: JSON.stringify(definition),
      closed_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
    .catch((error: unknown) => explainKeyTaken(error, definition.key))
  return surveyRecord(row)
}
