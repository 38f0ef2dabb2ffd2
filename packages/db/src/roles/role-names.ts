import { type Kysely, sql } from 'kysely'
import type { DatabaseRole } from './grants.ts'

export interface RoleNames extends Record<DatabaseRole, string> {
  /** Whose the tables are. */
  owner: string
}

/**
 * Roles belong to the cluster, not to a database. Named after the owner of the tables they serve all its databases,
 * which it can read anyway; with one name for everybody the user of one installation could take the role in the
 * database of another.
 */
const roleName = (role: DatabaseRole, owner: string): string => `heed_${role}_${owner}`

export async function findRoleNames(db: Kysely<unknown>): Promise<RoleNames> {
  const { rows } = await sql<{ owner: string }>`
    select pg_get_userbyid(relowner) as owner from pg_class where oid = 'projects'::regclass`.execute(db)
  const owner = rows[0]?.owner ?? ''
  return { owner, query: roleName('query', owner), ingest: roleName('ingest', owner) }
}

/** Makes a connection give up its own rights for those of the role; fails where there is none. */
export const takeRole = (role: DatabaseRole): string => `
  select set_config('role', ('${roleName(role, '')}' || pg_get_userbyid(relowner))::name::text, false)
  from pg_class where oid = 'projects'::regclass`
