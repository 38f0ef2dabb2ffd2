import { sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'

/**
 * Deletes the test responses of a survey with their pictures and displays; gives how many responses there were. Locks
 * as ingest does, responses before their words and each kind by id.
 */
export async function deleteTestResponses(
  trx: Transaction<Database>,
  projectId: string,
  surveyId: string,
): Promise<number> {
  const ofTests = sql<boolean>`project_id = ${projectId} and survey_id = ${surveyId} and test`
  const tests = await trx
    .selectFrom('responses')
    .select('id')
    .where(ofTests)
    .orderBy('id')
    .forUpdate()
    .execute()
  const ids = sql`any(${tests.map(({ id }) => id)}::uuid[])`
  await sql`delete from comments where project_id = ${projectId} and id = ${ids}`.execute(trx)
  // No histogram counts a test, so none changes; an answer that becomes one marks its hour when it does.
  await sql`delete from responses where project_id = ${projectId} and id = ${ids}`.execute(trx)
  await sql`
    with found as materialized (select id from displays where ${ofTests} order by id for update)
    delete from displays d using found where d.project_id = ${projectId} and d.id = found.id`.execute(trx)
  await sql`delete from screenshots where project_id = ${projectId} and response_id = ${ids}`.execute(trx)
  return tests.length
}
