import { type Database, migrateToLatest, openDatabase } from '@heed/db'
import { type FreshDatabase, freshDatabase } from '@heed/test-stack/fresh-database'
import { type Kysely, sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Migrations } from '../src/migrating/migration.ts'

let fresh: FreshDatabase
let handles: Kysely<Database>[]

const open = () => {
  const db = openDatabase({ url: fresh.url, application: 'heed tests', statementTimeoutMs: 2_000 })
  handles.push(db)
  return db
}

beforeEach(async () => {
  fresh = await freshDatabase()
  handles = []
})

afterEach(async () => {
  await Promise.all(handles.map((db) => db.destroy()))
  await fresh.drop()
})

const colour: Migrations = {
  '9001-colour': {
    up: async (trx) => {
      await sql`alter table responses add column colour text not null default 'none'`.execute(trx)
    },
  },
}
const colourIndexes: Migrations = {
  '9002-colour-indexes': {
    indexes: [
      { create: 'responses_colour_idx', on: "responses (project_id, colour) where colour <> 'none'" },
      { drop: 'losses_report_idx' },
    ],
  },
}
const both = { ...colour, ...colourIndexes }

const indexesOf = async (db: Kysely<Database>) => {
  const { rows } = await sql<{ name: string; valid: boolean }>`
    select c.relname as name, i.indisvalid as valid from pg_index i join pg_class c on c.oid = i.indexrelid
    where c.relname in ('responses_colour_idx', 'losses_report_idx')`.execute(db)
  return rows
}

test('an index is built and dropped beside the traffic, by one of several processes that start at once', async () => {
  const started = [open(), open(), open()]
  const ran = await Promise.all(started.map((db) => migrateToLatest(db, { migrations: both })))
  expect(ran.flat()).toEqual(Object.keys(both))
  expect(await indexesOf(open())).toEqual([{ name: 'responses_colour_idx', valid: true }])
})
