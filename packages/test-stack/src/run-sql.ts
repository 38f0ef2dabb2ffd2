import type { Database } from '@heed/db'
import { type Kysely, sql } from 'kysely'

/** Runs a statement that no query of `@heed/db` is for: a test's look behind the scenes, or its damage. */
export async function runSql<Row>(db: Kysely<Database>, statement: string): Promise<Row[]> {
  const { rows } = await sql.raw<Row>(statement).execute(db)
  return rows
}
