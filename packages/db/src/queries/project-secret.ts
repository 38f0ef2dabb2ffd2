import { randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'

/** A secret of one project, made on first use, the same for every process, gone with it: 256 bits, base64url. */
export async function projectSecret(db: Kysely<Database>, projectId: string, name: string): Promise<string> {
  const find = () =>
    db
      .selectFrom('project_secrets')
      .select('value')
      .where('project_id', '=', projectId)
      .where('name', '=', name)
      .executeTakeFirst()
  const known = await find()
  if (known) return known.value
  const value = randomBytes(32).toString('base64url')
  await db
    .insertInto('project_secrets')
    .values({ project_id: projectId, name, value })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  // Of two processes that start together one was first.
  return (await find())?.value ?? value
}
