import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import type { Kysely } from 'kysely'
import { type ClientBase, escapeIdentifier } from 'pg'
import { type CopyStreamQuery, from as copyFrom, to as copyTo } from 'pg-copy-streams'
import type { Database } from '../database.ts'
import { type MigrateOptions, migrateToLatest } from '../migrate.ts'
import { migrations as known } from '../migrations/index.ts'
import {
  BackupError,
  type BackupManifest,
  type BackupProgress,
  partBytes,
  type TableHeader,
} from './backup-format.ts'
import { listDataTables, listMigrations } from './data-tables.ts'
import { readArchive } from './read-archive.ts'
import { copyTarget, inLongTransaction } from './session.ts'
import { inParts, summed } from './summed.ts'

export interface RestoreOptions extends Pick<MigrateOptions, 'onWait'> {
  onProgress?: (progress: BackupProgress) => void
}

/**
 * Fills an empty database with what a backup holds and brings it up to date. The whole file is checked before the first
 * row is written, all rows are written and read again in one transaction, and the schema is that of the backup until
 * they are there. Throws BackupError; then no row was kept, and it may be tried again.
 */
export async function restoreBackup(
  db: Kysely<Database>,
  file: string,
  options: RestoreOptions = {},
): Promise<BackupManifest> {
  const { onProgress = () => {}, onWait } = options
  const manifest = await readArchive(file, {
    onPart: async ({ name }, _part, rows) => onProgress({ step: 'check', table: name, rows }),
  })
  await refuseNewer(manifest)
  await refuseUsed(db, manifest)
  await migrateToLatest(db, {
    migrations: Object.fromEntries(
      Object.entries(known).filter(([name]) => manifest.migrations.includes(name)),
    ),
    ...(onWait && { onWait }),
  })
  await inLongTransaction(db, 'read write', async (client) => {
    await fill(client, file, onProgress)
    await continueSequences(client, manifest.tables)
    await verify(client, manifest, onProgress)
  })
  await migrateToLatest(db, { ...(onWait && { onWait }) })
  await analyze(db, manifest.tables)
  return manifest
}

async function refuseNewer({ migrations }: BackupManifest): Promise<void> {
  const unknown = migrations.filter((name) => !Object.hasOwn(known, name))
  if (unknown.length === 0) return
  throw new BackupError(
    `the backup is of a newer build, which has ${unknown.join(', ')}; restore it with that build`,
  )
}

/** A database that a restore before has left at the schema of the backup, without rows, will do. */
async function refuseUsed(db: Kysely<Database>, manifest: BackupManifest): Promise<void> {
  await inLongTransaction(db, 'isolation level repeatable read read only', async (client) => {
    const tables = await listDataTables(client)
    if (tables.length === 0) return
    for (const { name } of tables) {
      const { rows } = await client.query(`select from ${escapeIdentifier(name)} limit 1`)
      if (rows.length > 0) {
        throw new BackupError(
          `the database is not empty: ${name} has rows. A backup is restored into a new one: create it, and name it in DATABASE_URL, or use a new HEED_DATA_DIR`,
        )
      }
    }
    const migrations = await listMigrations(client)
    const isPart = migrations.every((name) => manifest.migrations.includes(name))
    if (migrations.length === 0 || !isPart) {
      throw new BackupError(
        'the database has tables already, of another version than the backup. A backup is restored into a new one',
      )
    }
  })
}

async function fill(
  client: ClientBase,
  file: string,
  onProgress: (progress: BackupProgress) => void,
): Promise<void> {
  let current: { table: TableHeader; copy: CopyStreamQuery } | undefined
  const finish = async () => {
    if (!current) return
    current.copy.end()
    await finished(current.copy)
  }
  await readArchive(file, {
    async onPart(table, part, rows) {
      if (current?.table !== table) {
        await finish()
        const copy = client.query(copyFrom(`copy ${copyTarget(table)} from stdin`))
        // Looked at after each part and at the end.
        copy.on('error', () => {})
        current = { table, copy }
      }
      await write(current.copy, part)
      onProgress({ step: 'restore', table: table.name, rows })
    },
  })
  await finish()
}

async function write(copy: CopyStreamQuery, part: Buffer): Promise<void> {
  if (!copy.write(part)) await once(copy, 'drain')
  if (copy.errored) throw copy.errored
}

/** What the server gives back of the new rows is what was written into the file. */
async function verify(
  client: ClientBase,
  { tables, sums }: BackupManifest,
  onProgress: (progress: BackupProgress) => void,
): Promise<void> {
  for (const [index, table] of tables.entries()) {
    const counted = summed(table.name)
    const rows = client.query(copyTo(`copy ${copyTarget(table)} to stdout`))
    for await (const part of inParts(rows, partBytes)) {
      counted.add(part)
      onProgress({ step: 'verify', table: table.name, rows: counted.sum.rows })
    }
    const [sum, wanted] = [counted.finish(), sums[index]]
    if (sum.rows !== wanted?.rows || sum.sha256 !== wanted.sha256) {
      throw new BackupError(`${table.name}: what was restored is not what the backup holds; nothing was kept`)
    }
  }
}

/** Numbers that the database gives go on after those that were restored. */
async function continueSequences(client: ClientBase, tables: readonly TableHeader[]): Promise<void> {
  for (const { name, columns } of tables) {
    for (const column of columns) {
      const { rows } = await client.query<{ sequence: string | null }>(
        'select pg_get_serial_sequence($1, $2) as sequence',
        [escapeIdentifier(name), column],
      )
      const sequence = rows[0]?.sequence
      if (!sequence) continue
      await client.query(
        `select setval($1::regclass, (select coalesce(max(${escapeIdentifier(column)}), 0) + 1 from ${escapeIdentifier(name)}), false)`,
        [sequence],
      )
    }
  }
}

/** Or the first reports would be planned for empty tables. */
async function analyze(db: Kysely<Database>, tables: readonly TableHeader[]): Promise<void> {
  await inLongTransaction(db, 'read write', async (client) => {
    await client.query(`analyze ${tables.map(({ name }) => escapeIdentifier(name)).join(', ')}`)
  })
}
