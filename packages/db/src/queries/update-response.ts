import type { ResponseRecord } from '@heed/contract'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'
import { markChangedHours } from '../rollups/mark-changed-hours.ts'
import { markUnsettled } from '../rounds/mark-unsettled.ts'
import { findResponse, isUuid } from './find-response.ts'

/** What a marketer may change of a response; absent members stay. */
export interface ResponsePatch {
  tags?: string[]
  note?: string | null
  /** Left out of every number, kept in the list. */
  excluded?: boolean
  test?: boolean
  /** A person's word, which no score overrules. */
  suspicious?: boolean
}

/** The changed response, or undefined when the project has none of this id. Answers never change this way. */
export async function updateResponse(
  db: Kysely<Database>,
  projectId: string,
  id: string,
  { tags, note, excluded, test, suspicious }: ResponsePatch,
): Promise<ResponseRecord | undefined> {
  if (!isUuid(id)) return undefined
  const sets = [
    sql`updated_at = now()`,
    ...(tags ? [sql`tags = ${tags}`] : []),
    ...(note === undefined ? [] : [sql`note = ${note}`]),
    ...(excluded === undefined ? [] : [sql`excluded = ${excluded}`]),
    ...(test === undefined ? [] : [sql`test = ${test}`]),
    ...(suspicious === undefined ? [] : [sql`suspicious = ${suspicious}, judged_suspicious = ${suspicious}`]),
  ]
  const isCounted = excluded !== undefined || test !== undefined || suspicious !== undefined
  await sql`
    with changed as (
      update responses set ${sql.join(sets)} where project_id = ${projectId} and id = ${id}
      returning project_id, survey_id, visitor, received_at
    )
    ${isCounted ? sql.raw(`, marks as (${markChangedHours('changed')}) ${markUnsettled('changed')}`) : sql`select from changed`}
  `.execute(db)
  return findResponse(db, projectId, id)
}
