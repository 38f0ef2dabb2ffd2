import { type Database, type DatabaseOptions, openDatabase } from '@heed/db'
import { type FreshDatabase, freshDatabase } from '@heed/test-stack/fresh-database'
import type { Kysely } from 'kysely'
import { afterAll, beforeAll } from 'vitest'

/** One migrated database for the test file, dropped at its end. Read the handle inside tests only. */
export function useDatabase(options: Partial<DatabaseOptions> = {}): () => Kysely<Database> {
  let fresh: FreshDatabase | undefined
  let db: Kysely<Database> | undefined
  beforeAll(async () => {
    fresh = await freshDatabase()
    db = openDatabase({ url: fresh.url, application: 'heed tests', ...options })
  })
  afterAll(async () => {
    await db?.destroy()
    await fresh?.drop()
  })
  return () => {
    if (!db) throw new Error('the database is open from beforeAll to afterAll')
    return db
  }
}
