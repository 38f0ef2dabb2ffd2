import { type Kysely, sql } from 'kysely'

/**
 * Builds up to this migration keep their record with Kysely's migrator, which refuses to start where it finds a name it
 * does not know. What came later stands in a table of our own, so such a build still starts on today's schema.
 */
const lastOfKysely = '0006-project-usage'

export async function createRecord(connection: Kysely<unknown>): Promise<void> {
  await sql`
    create table if not exists kysely_migration (name varchar(255) primary key, "timestamp" varchar(255) not null)
  `.execute(connection)
  await sql`
    create table if not exists schema_migrations (
      name text constraint schema_migrations_pkey primary key,
      ran_at timestamptz not null default now()
    )`.execute(connection)
}

/** Names of a newer build may be among them. */
export async function readRecord(connection: Kysely<unknown>): Promise<Set<string>> {
  const { rows } = await sql<{ name: string }>`
    select name from kysely_migration union all select name from schema_migrations`.execute(connection)
  return new Set(rows.map(({ name }) => name))
}

export async function addToRecord(db: Kysely<unknown>, name: string): Promise<void> {
  if (name > lastOfKysely) {
    await sql`insert into schema_migrations (name) values (${name})`.execute(db)
    return
  }
  // That migrator sorts by time and expects the order of the names.
  await sql`
    insert into kysely_migration (name, "timestamp")
    values (${name}, to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
  `.execute(db)
}
