import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'

/** Ends a key for good. False when the project has no such key or it was revoked before. */
export async function revokeKey(db: Kysely<Database>, projectId: string, keyId: string): Promise<boolean> {
  const result = await db
    .updateTable('secret_keys')
    .set({ revoked_at: sql<Date>`now()` })
    .where('project_id', '=', projectId)
    .where('id', '=', keyId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}
