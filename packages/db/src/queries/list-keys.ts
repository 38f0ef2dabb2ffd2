import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import type { Scope } from '../tables/secret-key.table.ts'

/** A secret key without its secret. Times are ISO 8601 UTC. */
export interface KeyRecord {
  id: string
  name: string
  scopes: Scope[]
  createdAt: string
  revokedAt: string | null
}

/** The project's secret keys, revoked ones too, oldest first. */
export async function listKeys(db: Kysely<Database>, projectId: string): Promise<KeyRecord[]> {
  const rows = await db
    .selectFrom('secret_keys')
    .select(['id', 'name', 'scopes', 'created_at', 'revoked_at'])
    .where('project_id', '=', projectId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    scopes: row.scopes,
    createdAt: row.created_at.toISOString(),
    revokedAt: row.revoked_at?.toISOString() ?? null,
  }))
}
