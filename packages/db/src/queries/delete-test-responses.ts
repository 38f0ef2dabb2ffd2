import { sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'

/** Deletes the test responses of a survey with their pictures and displays; gives how many responses there were. */
export async function deleteTestResponses(
  trx: Transaction<Database>,
  projectId: string,
  surveyId: string,
): Promise<number> {
  const ofTests = sql<boolean>`project_id = ${projectId} and survey_id = ${surveyId} and test`
  await trx
    .deleteFrom('screenshots')
    .where('project_id', '=', projectId)
    .where('response_id', 'in', trx.selectFrom('responses').select('id').where(ofTests))
    .execute()
  await trx
    .deleteFrom('comments')
    .where('project_id', '=', projectId)
    .where('id', 'in', trx.selectFrom('responses').select('id').where(ofTests))
    .execute()
  // No histogram counts a test, so none changes; an answer that becomes one marks its hour when it does.
  await trx.deleteFrom('displays').where(ofTests).execute()
  const { numDeletedRows } = await trx.deleteFrom('responses').where(ofTests).executeTakeFirst()
  return Number(numDeletedRows)
}
