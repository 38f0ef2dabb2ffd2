import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import type { Scope } from '../tables/secret-key.table.ts'

/** Whose key has this hash (`hashSecret`) and what it may do; undefined for an unknown or revoked one. */
export async function findSecretKey(
  db: Kysely<Database>,
  hash: string,
): Promise<{ projectId: string; keyId: string; scopes: Scope[] } | undefined> {
  return db
    .selectFrom('secret_keys')
    .select(['project_id as projectId', 'id as keyId', 'scopes'])
    .where('hash', '=', hash)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
}
