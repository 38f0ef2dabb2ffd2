import { randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'

/** A secret of this installation, made on first use and the same for every process ever after: 256 bits, base64url. */
export async function serverSecret(db: Kysely<Database>, name: string): Promise<string> {
  const find = () =>
    db.selectFrom('server_secrets').select('value').where('name', '=', name).executeTakeFirst()
  const known = await find()
  if (known) return known.value
  const value = randomBytes(32).toString('base64url')
  await db
    .insertInto('server_secrets')
    .values({ name, value })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  // Of two processes that start together one was first.
  return (await find())?.value ?? value
}
