import { type Database, type DatabaseOptions, type DatabaseRole, openDatabase } from '@heed/db'
import { type FreshDatabase, freshDatabase } from '@heed/test-stack/fresh-database'
import type { Kysely } from 'kysely'
import { afterAll, beforeAll } from 'vitest'

/** One migrated database for the test file, dropped at its end. Read the handles inside tests only. */
export function useHandles(
  options: Partial<DatabaseOptions> = {},
): () => Record<'owner' | DatabaseRole, Kysely<Database>> {
  let fresh: FreshDatabase | undefined
  let handles: Record<'owner' | DatabaseRole, Kysely<Database>> | undefined
  beforeAll(async () => {
    fresh = await freshDatabase()
    const given = { url: fresh.url, application: 'heed tests', ...options }
    handles = {
      owner: openDatabase(given),
      query: openDatabase({ ...given, role: 'query' }),
      ingest: openDatabase({ ...given, role: 'ingest' }),
    }
  })
  afterAll(async () => {
    await Promise.all(Object.values(handles ?? {}).map((db) => db.destroy()))
    await fresh?.drop()
  })
  return () => {
    if (!handles) throw new Error('the database is open from beforeAll to afterAll')
    return handles
  }
}

/** The same, where only the owner's handle is of interest. */
export function useDatabase(options: Partial<DatabaseOptions> = {}): () => Kysely<Database> {
  const handles = useHandles(options)
  return () => handles().owner
}
