/**
 * Run once for each schema that is released, with the build that goes with it: keeps every statement of that build, for
 * previous-builds.test.ts, which sends them to the newest schema. Usage: node --conditions=@heed/source record.ts
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Database, migrateToLatest, openDatabase } from '@heed/db'
import { startEmbedded } from '@heed/db/embedded'
import { type Kysely, sql } from 'kysely'
import { migrations } from '../../src/migrations/index.ts'
import { captureStatements, replayStatements, type Statement } from './statements.ts'
import { useEverything } from './use-everything.ts'

const dataDir = await mkdtemp(join(tmpdir(), 'heed-record-'))
const server = await startEmbedded({ dataDir })

async function freshUrl(name: string): Promise<string> {
  const admin = openDatabase({ url: server.url, application: 'heed tests' })
  await sql`create database ${sql.id(name)}`.execute(admin)
  await admin.destroy()
  const url = new URL(server.url)
  url.pathname = name
  await withDatabase(url.href, migrateToLatest)
  return url.href
}

async function withDatabase(url: string, work: (db: Kysely<Database>) => Promise<unknown>): Promise<void> {
  const db = openDatabase({ url, application: 'heed tests' })
  await work(db)
  await db.destroy()
}

try {
  const url = await freshUrl('used')
  const sent = await captureStatements(() => withDatabase(url, useEverything))
  const once = await replayStatements(await freshUrl('once'), sent)
  const twice = await replayStatements(await freshUrl('twice'), sent)
  const statements = sent.map((statement, index): Statement => {
    const { columns = [], rows = [] } = once[index] ?? {}
    // Numbers of transactions are those of this one server.
    const isSame =
      JSON.stringify(rows) === JSON.stringify(twice[index]?.rows) && !statement.text.includes('pg_snapshot')
    return { ...statement, columns, ...(isSame && { rows }) }
  })
  const schema = Object.keys(migrations).at(-1)?.slice(0, 4)
  const file = new URL(`schema-${schema}.jsonl`, import.meta.url)
  await writeFile(file, statements.map((one) => `${JSON.stringify(one)}\n`).join(''))
  const frozen = statements.filter(({ rows }) => rows).length
  console.log(`${statements.length} statements, ${frozen} of them with their replies, in ${file.pathname}`)
} finally {
  await server.stop()
  await rm(dataDir, { recursive: true, force: true })
}
