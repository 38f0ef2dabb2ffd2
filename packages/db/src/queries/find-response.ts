import type { ResponseRecord } from '@heed/contract'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'
import { type RecordRow, responseColumns, responseRecord } from './response-record.ts'

/** Undefined for an id that the project does not have, or that is no UUID at all. */
export async function findResponse(
  db: Kysely<Database>,
  projectId: string,
  id: string,
): Promise<ResponseRecord | undefined> {
  if (!isUuid(id)) return undefined
  const { rows } = await sql<RecordRow>`
    select ${responseColumns} from responses r join surveys s on s.project_id = r.project_id and s.id = r.survey_id
    where r.project_id = ${projectId} and r.id = ${id}
  `.execute(db)
  return rows[0] && responseRecord(rows[0])
}

/** Canonical form, either case. Anything else would be a data error of PostgreSQL, not "not found". */
export const isUuid = (id: string): boolean => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)
