import { type Kysely, sql } from 'kysely'
import type { RoleNames } from './role-names.ts'
import { isRefused, secondWallOf } from './second-wall.ts'

/** Makes the roles if they are not there and the user may. False where they cannot be taken: then nothing is given. */
export async function takeOrMakeRoles(connection: Kysely<unknown>, names: RoleNames): Promise<boolean> {
  if ((await secondWallOf(connection, names)).stands) return true
  for (const role of [names.query, names.ingest]) {
    await sql`create role ${sql.id(role)} nologin`.execute(connection).catch(ignoreRefusal)
    await sql`grant ${sql.id(role)} to ${sql.id(names.owner)}`.execute(connection).catch(ignoreRefusal)
  }
  return (await secondWallOf(connection, names)).stands
}

/** Somebody has made it before: at this very moment, too, when processes of several databases of one cluster start. */
const isThere = ['42710', '23505', 'XX000']

function ignoreRefusal(error: unknown): void {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (!isThere.includes(code) && !isRefused(error)) throw error
}

/** Whether the policies hold for this user too: it does not own the tables and is not in the role that does. */
export async function isStranger(connection: Kysely<unknown>): Promise<boolean> {
  const { rows } = await sql<{ active: boolean }>`
    select row_security_active('projects'::regclass) as active`.execute(connection)
  return rows[0]?.active === true
}
