import { type Kysely, sql } from 'kysely'
import { type DatabaseRole, grants } from './grants.ts'
import type { RoleNames } from './role-names.ts'

/** Gives the roles what `grants` says; what they have already is not touched. */
export async function grantRoles(trx: Kysely<unknown>, names: RoleNames): Promise<void> {
  await grantSchema(trx, names)
  for (const { table, role, statement } of await missingGrants(trx, names)) {
    await sql`grant ${statement} on ${sql.id(table)} to ${sql.id(names[role])}`.execute(trx)
  }
}

async function grantSchema(trx: Kysely<unknown>, { query, ingest }: RoleNames): Promise<void> {
  const { rows } = await sql<{ role: string; schema: string }>`
    select role, current_schema() as schema from unnest(${[query, ingest]}::text[]) as given (role)
    where not has_schema_privilege(role, current_schema(), 'usage')`.execute(trx)
  for (const { role, schema } of rows) {
    await sql`grant usage on schema ${sql.id(schema)} to ${sql.id(role)}`.execute(trx)
  }
}

async function missingGrants(trx: Kysely<unknown>, names: RoleNames) {
  const wanted = Object.entries(grants).flatMap(([table, ofTable]) =>
    (['query', 'ingest'] as const).flatMap((role: DatabaseRole) =>
      Object.entries(ofTable[role] ?? {}).map(([privilege, columns]: [string, true | string[]]) => ({
        table,
        role,
        privilege,
        columns: columns === true ? null : columns,
      })),
    ),
  )
  const asked = wanted.map((want, place) => ({ ...want, place, role: names[want.role] }))
  const { rows } = await sql<{ place: number }>`
    select place from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb)
      as given (place int, role text, "table" text, privilege text, columns text[])
    where not case when columns is null then has_table_privilege(role, "table", privilege)
      else (select bool_and(has_column_privilege(role, "table", name, privilege)) from unnest(columns) as name) end
    order by place`.execute(trx)
  return rows.flatMap(({ place }) => {
    const want = wanted[place]
    if (!want) return []
    const columns = want.columns && sql`(${sql.join(want.columns.map((name) => sql.id(name)))})`
    return [{ ...want, statement: sql`${sql.raw(want.privilege)} ${columns ?? sql``}` }]
  })
}
