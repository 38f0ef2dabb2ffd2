import type { ClientBase } from 'pg'
import type { TableHeader } from './backup-format.ts'

/** Says what was run, not what was stored; the migrations of a restore write it themselves. */
const records = ['kysely_migration', 'kysely_migration_lock', 'schema_migrations']

interface Relation {
  name: string
  columns: string[]
  needs: string[]
}

/** Every table with data and its columns, what others refer to first. */
export async function listDataTables(client: ClientBase): Promise<TableHeader[]> {
  const { rows } = await client.query<Relation>(
    `select c.relname as name,
      array(
        select a.attname::text from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum
      ) as columns,
      array(
        select distinct f.relname::text from pg_constraint k join pg_class f on f.oid = k.confrelid
        where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid
      ) as needs
    from pg_class c
    where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace and c.relname <> all ($1::text[])
    order by c.relname`,
    [records],
  )
  return inOrder(rows).map(({ name, columns }) => ({ name, columns }))
}

function inOrder(relations: Relation[]): Relation[] {
  const byName = new Map(relations.map((relation) => [relation.name, relation]))
  const ordered = new Set<Relation>()
  const add = (relation: Relation) => {
    for (const name of relation.needs) {
      const needed = byName.get(name)
      if (needed && !ordered.has(needed)) add(needed)
    }
    ordered.add(relation)
  }
  for (const relation of relations) add(relation)
  return [...ordered]
}

export async function listMigrations(client: ClientBase): Promise<string[]> {
  const there = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c
    where c.relnamespace = current_schema()::regnamespace and c.relname in ('kysely_migration', 'schema_migrations')`,
  )
  if (there.rows.length === 0) return []
  const parts = there.rows.map(({ name }) => `select name::text from ${name}`)
  const { rows } = await client.query<{ name: string }>(`${parts.join(' union all ')} order by 1`)
  return rows.map(({ name }) => name)
}
