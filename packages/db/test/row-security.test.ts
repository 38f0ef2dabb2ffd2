import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { useDatabase } from './use-database.ts'

const db = useDatabase()

test('every table with a project_id shows the rows of one project only', async () => {
  const { rows } = await sql<{ table: string; secured: boolean; policy: string | null }>`
    select c.relname as "table", c.relrowsecurity as secured, pg_get_expr(p.polqual, c.oid) as policy
    from pg_class c
      join pg_attribute a on a.attrelid = c.oid and not a.attisdropped
        and a.attname = case c.relname when 'projects' then 'id' else 'project_id' end
      left join pg_policy p on p.polrelid = c.oid and p.polname = 'project' and p.polroles = '{0}' and p.polpermissive
    where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace`.execute(db())
  expect(rows.length).toBeGreaterThan(15)
  for (const { table, secured, policy } of rows) {
    const column = table === 'projects' ? 'id' : 'project_id'
    expect({ table, secured, policy }).toEqual({
      table,
      secured: true,
      policy: `(${column} = current_setting('heed.project'::text, true))`,
    })
  }
})
