import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { finished } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Kysely } from 'kysely'
import { type ClientBase, escapeIdentifier } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { type Pack, pack } from 'tar-stream'
import type { Database } from '../database.ts'
import {
  BackupError,
  type BackupHeader,
  type BackupManifest,
  type BackupProgress,
  formatVersion,
  headerName,
  manifestName,
  partBytes,
  partName,
  type TableHeader,
  type TableSum,
} from './backup-format.ts'
import { listDataTables, listMigrations } from './data-tables.ts'
import { copyTarget, inLongTransaction } from './session.ts'
import { inParts, summed } from './summed.ts'

export interface BackupOptions {
  onProgress?: (progress: BackupProgress) => void
}

/** About a third of the time of the default, for a tenth more bytes. */
const compressionLevel = 4

/**
 * Writes everything that the database holds, as of one moment, into one new file that only its owner may read. Traffic
 * goes on meanwhile; a migration has to wait. A file of that name exists only when it is whole and on disk. Throws
 * BackupError.
 */
export async function backUp(
  db: Kysely<Database>,
  file: string,
  { onProgress = () => {} }: BackupOptions = {},
): Promise<BackupManifest> {
  await refuseExisting(file)
  const partial = `${file}.partial`
  try {
    const manifest = await writeArchive(partial, (archive) =>
      inLongTransaction(db, 'isolation level repeatable read read only', (client) =>
        archiveAll(client, archive, onProgress),
      ),
    )
    await rename(partial, file)
    await syncFolder(dirname(file))
    return manifest
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
}

async function refuseExisting(file: string): Promise<void> {
  const found = await open(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (!found) return
  await found.close()
  throw new BackupError(`${file}: exists already; a backup is never written over another`)
}

/** The archive that `fill` writes, compressed and on disk when this resolves. */
async function writeArchive<Result>(file: string, fill: (archive: Pack) => Promise<Result>): Promise<Result> {
  const archive = pack()
  const output = createWriteStream(file, { mode: 0o600, flush: true })
  const gzip = createGzip({ level: compressionLevel })
  archive.pipe(gzip).pipe(output)
  // Whatever breaks first breaks the rest, or the filling would wait for ever.
  const broken = new Promise<never>((_resolve, reject) => {
    for (const stream of [gzip, output]) stream.once('error', reject)
  })
  broken.catch(() => {})
  const filling = fill(archive)
  try {
    const result = await Promise.race([filling, broken])
    const written = finished(output)
    archive.finalize()
    await Promise.race([written, broken])
    return result
  } catch (error) {
    for (const stream of [archive, gzip, output]) stream.destroy()
    await filling.catch(() => {})
    if (!output.closed) await once(output, 'close')
    throw error
  }
}

async function archiveAll(
  client: ClientBase,
  archive: Pack,
  onProgress: (progress: BackupProgress) => void,
): Promise<BackupManifest> {
  const tables = await listDataTables(client)
  // No migration changes them from here on. One that came before was not seen, or is in all that follows.
  if (tables.length > 0) {
    const names = tables.map(({ name }) => escapeIdentifier(name)).join(', ')
    await client.query(`lock table ${names} in access share mode`)
  }
  const migrations = await listMigrations(client)
  if (migrations.length === 0)
    throw new BackupError('there is nothing to back up: Heed has never run on this database')
  const header: BackupHeader = {
    format: formatVersion,
    takenAt: await databaseTime(client),
    migrations,
    tables,
  }
  await addEntry(archive, headerName, JSON.stringify(header, null, 2))
  const sums: TableSum[] = []
  for (const table of tables) sums.push(await archiveTable(client, archive, table, onProgress))
  const manifest = { ...header, sums }
  await addEntry(archive, manifestName, JSON.stringify(manifest, null, 2))
  return manifest
}

async function archiveTable(
  client: ClientBase,
  archive: Pack,
  table: TableHeader,
  onProgress: (progress: BackupProgress) => void,
): Promise<TableSum> {
  const counted = summed(table.name)
  const rows = client.query(copyTo(`copy ${copyTarget(table)} to stdout`))
  for await (const part of inParts(rows, partBytes)) {
    await addEntry(archive, partName(table.name, counted.sum.parts), part)
    counted.add(part)
    onProgress({ step: 'write', table: table.name, rows: counted.sum.rows })
  }
  return counted.finish()
}

/** Resolves when the archive has room for the next one. */
async function addEntry(archive: Pack, name: string, content: string | Buffer): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    archive.entry({ name, mode: 0o600 }, content, (error) => (error ? reject(error) : resolve()))
  })
}

async function databaseTime(client: ClientBase): Promise<string> {
  const { rows } = await client.query<{ now: Date }>('select now() as now')
  return (rows[0]?.now ?? new Date()).toISOString()
}

/** A new name is on disk when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder).catch(() => undefined)
  // Windows cannot open folders, and does not need it.
  await handle?.sync().catch(() => {})
  await handle?.close()
}
