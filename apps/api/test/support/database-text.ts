import { sql } from 'kysely'
import type { Db } from '../../src/services.ts'

/** Every row of every table, as text: to search for what must not be there. */
export async function databaseText(db: Db): Promise<string> {
  const tables = await sql<{ name: string }>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema')
  `.execute(db)
  const texts: string[] = []
  for (const { name } of tables.rows) {
    const { rows } = await sql<{
      line: string
    }>`select one::text as line from ${sql.raw(name)} as one`.execute(db)
    texts.push(`${name}\n`, ...rows.map(({ line }) => `${line}\n`))
  }
  return texts.join('')
}
