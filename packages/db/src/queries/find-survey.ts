import type { Survey } from '@heed/contract'
import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import { surveyRecord } from './survey-record.ts'

/** By id or by key; an id goes first, should somebody use one as a key. */
export async function findSurvey(
  db: Kysely<Database>,
  projectId: string,
  idOrKey: string,
): Promise<Survey | undefined> {
  const rows = await db
    .selectFrom('surveys')
    .selectAll()
    .where('project_id', '=', projectId)
    .where((where) => where.or([where('id', '=', idOrKey), where('key', '=', idOrKey)]))
    .execute()
  const row = rows.find(({ id }) => id === idOrKey) ?? rows[0]
  return row && surveyRecord(row)
}
