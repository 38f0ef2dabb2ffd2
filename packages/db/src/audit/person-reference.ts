import { createHmac } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import type { Person } from '../erasure/person.ts'
import { projectSecret } from '../queries/project-secret.ts'

/**
 * Stands in the audit log for a visitor or subject: who has the id and the project's secret can make it again, and from
 * it alone nobody comes back to the id. 128 bits, base64url. Secrets are for the owner's connections only.
 */
export async function personReference(
  db: Kysely<Database>,
  projectId: string,
  { kind, id }: Person,
): Promise<string> {
  const secret = await projectSecret(db, projectId, 'audit')
  return createHmac('sha256', secret).update(`${kind} ${id}`).digest('base64url').slice(0, 22)
}
