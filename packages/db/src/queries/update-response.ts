import type { ResponseRecord } from '@heed/contract'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'
import { findResponse, isUuid } from './find-response.ts'

/** What a marketer may change of a response; absent members stay. */
export interface ResponsePatch {
  tags?: string[]
  note?: string | null
  /** Left out of every number, kept in the list. */
  excluded?: boolean
  test?: boolean
}

/** The changed response, or undefined when the project has none of this id. Answers never change this way. */
export async function updateResponse(
  db: Kysely<Database>,
  projectId: string,
  id: string,
  { tags, note, excluded, test }: ResponsePatch,
): Promise<ResponseRecord | undefined> {
  if (!isUuid(id)) return undefined
  await db
    .updateTable('responses')
    .set({
      updated_at: sql<Date>`now()`,
      ...(tags && { tags }),
      ...(note !== undefined && { note }),
      ...(excluded !== undefined && { excluded }),
      ...(test !== undefined && { test }),
    })
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .execute()
  return findResponse(db, projectId, id)
}
