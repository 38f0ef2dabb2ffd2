import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import { hashSecret, newId, newSecretKey } from '../ids.ts'
import type { Scope } from '../tables/secret-key.table.ts'

/** `secretKey` is not stored, only its hash: show it now. A `projectId` that does not exist is SQLSTATE 23503. */
export async function createSecretKey(
  db: Kysely<Database>,
  projectId: string,
  { name, scopes }: { name: string; scopes: readonly Scope[] },
): Promise<{ id: string; secretKey: string }> {
  const id = newId('key')
  const secretKey = newSecretKey()
  await db
    .insertInto('secret_keys')
    .values({ project_id: projectId, id, name, hash: hashSecret(secretKey), scopes: [...scopes] })
    .execute()
  return { id, secretKey }
}
