import type { Survey } from '@heed/contract'
import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import { surveyRecord } from './survey-record.ts'

/** Every survey of the project, archived ones too, oldest first. */
export async function listSurveys(db: Kysely<Database>, projectId: string): Promise<Survey[]> {
  const rows = await db
    .selectFrom('surveys')
    .selectAll()
    .where('project_id', '=', projectId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map(surveyRecord)
}
