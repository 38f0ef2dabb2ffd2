import { type AuditAction, type AuditPage, maxPageSize } from '@heed/contract'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'
import { decodeCursor, encodeCursor, momentOf } from '../queries/cursor.ts'
import type { PageRequest } from '../queries/list-responses.ts'

export interface AuditFilter extends PageRequest {
  action?: AuditAction
  actor?: string
  target?: string
}

/** Newest first. Throws InvalidCursorError. */
export async function listAudit(
  db: Kysely<Database>,
  projectId: string,
  { action, actor, target, limit: wanted = 50, cursor }: AuditFilter = {},
): Promise<AuditPage> {
  const limit = Math.min(Math.max(Math.trunc(wanted), 1), maxPageSize)
  let query = db
    .selectFrom('audit_log')
    .select(['id', 'at', 'actor', 'action', 'target', 'details'])
    .select(sql<string>`(extract(epoch from at) * 1000000)::bigint::text`.as('at_us'))
    .where('project_id', '=', projectId)
  if (action !== undefined) query = query.where('action', '=', action)
  if (actor !== undefined) query = query.where('actor', '=', actor)
  if (target !== undefined) query = query.where('target', '=', target)
  if (cursor !== undefined) {
    const position = decodeCursor(cursor)
    query = query.where(sql<boolean>`(at, id) < (${momentOf(position)}, ${position.id}::uuid)`)
  }
  // One more than asked tells whether there is a next page.
  const rows = await query
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    data: page.map(({ id, at, actor, action, target, details }) => ({
      id,
      at: at.toISOString(),
      actor,
      action,
      target,
      details,
    })),
    nextCursor: last && rows.length > limit ? encodeCursor({ receivedUs: last.at_us, id: last.id }) : null,
  }
}
