import { type Kysely, sql } from 'kysely'
import type { IndexChange } from './migration.ts'

/**
 * Builds or drops one index beside the traffic. Whatever an interrupted run left: an index that is there and valid is
 * done, one that is there and not valid can only be dropped.
 */
export async function changeIndex(connection: Kysely<unknown>, change: IndexChange): Promise<void> {
  if ('drop' in change) {
    await dropIndex(connection, change.drop)
    return
  }
  const name = change.create
  const state = await stateOf(connection, name)
  if (state === 'valid') return
  if (state === 'invalid') await dropIndex(connection, name)
  const create = change.unique ? sql`create unique index` : sql`create index`
  await sql`${create} concurrently ${sql.id(name)} on ${sql.raw(change.on)}`.execute(connection)
}

async function dropIndex(connection: Kysely<unknown>, name: string): Promise<void> {
  await sql`drop index concurrently if exists ${sql.id(name)}`.execute(connection)
}

async function stateOf(connection: Kysely<unknown>, name: string): Promise<'valid' | 'invalid' | undefined> {
  const { rows } = await sql<{ valid: boolean }>`
    select i.indisvalid and i.indisready as valid from pg_index i join pg_class c on c.oid = i.indexrelid
    where c.relname = ${name} and c.relnamespace = current_schema()::regnamespace`.execute(connection)
  return rows[0] && (rows[0].valid ? 'valid' : 'invalid')
}
