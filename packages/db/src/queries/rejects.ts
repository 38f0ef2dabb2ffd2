import { maxPageSize, maxRejects, type RefusalCode, type RejectPage, type RejectRecord } from '@heed/contract'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'
import { decodeCursor, encodeCursor, momentOf } from './cursor.ts'
import type { PageRequest } from './list-responses.ts'
import { rejectRecord } from './reject-record.ts'

/** What ingest hands over. Texts must fit their columns (see migration 0003). */
export interface NewReject extends Omit<RejectRecord, 'id' | 'receivedAt'> {
  /** Whose it was, so that erasure finds it. */
  responseId: string | null
  visitor: string | null
  subject: string | null
}

/** Adds refused items of one project and lets go of its oldest: at most `maxRejects` stay. */
export async function storeRejects(
  db: Kysely<Database>,
  projectId: string,
  rejects: readonly NewReject[],
): Promise<void> {
  await sql`
    insert into rejects (project_id, id, received_at, reason, detail, sdk, kind, survey_id, response_id, visitor,
      subject, item)
    select ${projectId}, gen_random_uuid(), clock_timestamp(), reason, detail, sdk, kind, "surveyId", "responseId",
      visitor, subject, item
    from json_to_recordset(${JSON.stringify(rejects)}::json) as given (reason text, detail text, sdk text, kind text,
      "surveyId" text, "responseId" text, visitor text, subject text, item text)
  `.execute(db)
  await sql`
    delete from rejects where project_id = ${projectId} and (received_at, id) <= (
      select received_at, id from rejects where project_id = ${projectId}
      order by received_at desc, id desc offset ${maxRejects} limit 1)
  `.execute(db)
}

export interface RejectFilter extends PageRequest {
  reason?: RefusalCode
  surveyId?: string
}

/** Newest first, with counts of all that are kept. Throws InvalidCursorError. */
export async function listRejects(
  db: Kysely<Database>,
  projectId: string,
  { reason, surveyId, limit: wanted = 50, cursor }: RejectFilter = {},
): Promise<RejectPage> {
  const limit = Math.min(Math.max(Math.trunc(wanted), 1), maxPageSize)
  let query = db
    .selectFrom('rejects')
    .select(['id', 'received_at', 'reason', 'detail', 'sdk', 'kind', 'survey_id', 'item'])
    .select(sql<string>`(extract(epoch from received_at) * 1000000)::bigint::text`.as('received_us'))
    .where('project_id', '=', projectId)
  if (reason !== undefined) query = query.where('reason', '=', reason)
  if (surveyId !== undefined) query = query.where('survey_id', '=', surveyId)
  if (cursor !== undefined) {
    const position = decodeCursor(cursor)
    query = query.where(sql<boolean>`(received_at, id) < (${momentOf(position)}, ${position.id}::uuid)`)
  }
  // One more than asked tells whether there is a next page.
  const rows = await query
    .orderBy('received_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    data: page.map(rejectRecord),
    nextCursor:
      last && rows.length > limit ? encodeCursor({ receivedUs: last.received_us, id: last.id }) : null,
    counts: {
      reasons: await countBy(db, projectId, 'reason'),
      sdks: await countBy(db, projectId, 'sdk'),
    },
  }
}

async function countBy(
  db: Kysely<Database>,
  projectId: string,
  column: 'reason' | 'sdk',
): Promise<Record<string, number>> {
  const rows = await db
    .selectFrom('rejects')
    .select([column, sql<number>`count(*)::int`.as('n')])
    .where('project_id', '=', projectId)
    .groupBy(column)
    .orderBy('n', 'desc')
    .execute()
  return Object.fromEntries(rows.map((row) => [row[column], row.n]))
}
