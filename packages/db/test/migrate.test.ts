import { type Database, migrateToLatest, openDatabase } from '@heed/db'
import { atDatabase } from '@heed/test-stack/fresh-database'
import { type Kysely, sql } from 'kysely'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'

let admin: Kysely<Database>
let name: string
let url: string

beforeEach(async () => {
  admin = openDatabase({ url: inject('postgresUrl'), application: 'heed tests', poolSize: 1 })
  name = `heed_empty_${crypto.randomUUID().slice(0, 8)}`
  await sql`create database ${sql.id(name)}`.execute(admin)
  url = atDatabase(inject('postgresUrl'), name)
})

afterEach(async () => {
  await sql`drop database ${sql.id(name)} with (force)`.execute(admin)
  await admin.destroy()
})

const open = () => openDatabase({ url, application: 'heed tests', statementTimeoutMs: 2_000 })

test('an empty database gets every migration, a current one none', async () => {
  const db = open()
  expect(await migrateToLatest(db)).toContain('0001-initial')
  expect(await migrateToLatest(db)).toEqual([])
  expect(await db.selectFrom('responses').selectAll().execute()).toEqual([])
  await db.destroy()
})

test('processes that start at once migrate once', async () => {
  const handles = Array.from({ length: 6 }, open)
  const ran = await Promise.all(handles.map((db) => migrateToLatest(db)))
  expect(ran.flat().filter((migration) => migration === '0001-initial')).toHaveLength(1)
  await Promise.all(handles.map((db) => db.destroy()))
})

test('every key of a data table is led by the project', async () => {
  const db = open()
  await migrateToLatest(db)
  const { rows } = await sql<{ table: string; name: string; first: string }>`
    select i.indrelid::regclass::text as "table", i.indexrelid::regclass::text as name, a.attname as first
    from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
    where n.nspname = 'public' and c.relname not like 'kysely%'`.execute(db)
  const control = [
    'projects_pkey',
    'projects_public_key_key',
    'secret_keys_hash_key',
    'server_secrets_pkey',
    'schema_migrations_pkey',
  ]
  // Its words begin with a mark of their survey.
  const marked = 'comments_words_idx'
  const data = rows.filter((row) => !control.includes(row.name) && row.name !== marked)
  expect(data.length).toBeGreaterThan(8)
  expect(data.filter((row) => row.first !== 'project_id')).toEqual([])
  await db.destroy()
})
