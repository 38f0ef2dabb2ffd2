import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'
import { findRoleNames, type RoleNames } from './role-names.ts'

/** Whether connections can take the roles that see one project only, and if not, what a more powerful user has to run. */
export type SecondWall = { stands: true } | { stands: false; sql: string }

export async function findSecondWall(db: Kysely<Database>): Promise<SecondWall> {
  const anyDb = db as unknown as Kysely<unknown>
  return secondWallOf(anyDb, await findRoleNames(anyDb))
}

export async function secondWallOf(db: Kysely<unknown>, names: RoleNames): Promise<SecondWall> {
  const stands = (await canTake(db, names.query)) && (await canTake(db, names.ingest))
  return stands ? { stands } : { stands, sql: await rolesStatement(db, names) }
}

async function rolesStatement(db: Kysely<unknown>, { owner, query, ingest }: RoleNames): Promise<string> {
  const { rows } = await sql<{ create: string | null; grant: string }>`
    select string_agg(format('create role %I nologin; ', role), '')
        filter (where not exists (select from pg_roles where rolname = role)) as "create",
      format('grant %s to %I;', string_agg(format('%I', role), ', '), ${owner}::name) as "grant"
    from unnest(${[query, ingest]}::name[]) as role`.execute(db)
  const [statement] = rows
  return statement ? `${statement.create ?? ''}${statement.grant}` : ''
}

/** Which rights that takes differs from version to version, so it is tried. */
async function canTake(db: Kysely<unknown>, role: string): Promise<boolean> {
  try {
    await sql`select set_config('role', ${role}::name::text, true)`.execute(db)
    return true
  } catch (error) {
    if (isRefused(error)) return false
    throw error
  }
}

const refused = ['22023', '42501', '42704']

/** No such role, or not for this user. */
export const isRefused = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && refused.includes(String(error.code))
