import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { createGunzip } from 'node:zlib'
import { extract } from 'tar-stream'
import {
  BackupError,
  type BackupHeader,
  type BackupManifest,
  formatVersion,
  headerName,
  manifestName,
  partBytes,
  partName,
  type TableHeader,
} from './backup-format.ts'
import { summed } from './summed.ts'

/** COPY hands rows over whole, so a part may be one long row larger. */
const longestEntry = partBytes + 1_100_000_000

export interface BackupReader {
  onHeader?(header: BackupHeader): Promise<void>
  /** Each part of each table, in order. */
  onPart?(table: TableHeader, part: Buffer, rows: number): Promise<void>
}

/**
 * Reads a backup from its beginning to its end and compares it with its manifest. Throws BackupError where anything is
 * missing, too much or not as it was written.
 */
export async function readArchive(file: string, reader: BackupReader = {}): Promise<BackupManifest> {
  const damaged = (what: string, cause?: unknown) =>
    new BackupError(`${file}: ${what}; this backup is damaged or cut off and was not used`, { cause })
  const archive = extract()
  const input = createReadStream(file)
  const piped = new Promise<void>((resolve, reject) => {
    pipeline(input, createGunzip(), archive, (error) => (error ? reject(error) : resolve()))
  })
  // Where the pipe breaks, the loop below breaks too; it says why.
  piped.catch(() => {})

  let header: BackupHeader | undefined
  let manifest: BackupManifest | undefined
  const counts: ReturnType<typeof summed>[] = []
  let isOwnFailure = false
  const own = async (work: Promise<void> | undefined) => {
    try {
      await work
    } catch (error) {
      isOwnFailure = true
      throw error
    }
  }
  try {
    for await (const entry of archive) {
      const { name, size = 0 } = entry.header
      if (size > longestEntry) throw damaged(`${name} is too large`)
      const content = await buffer(entry)
      if (manifest) throw damaged(`${name} follows the manifest`)
      if (!header) {
        if (name !== headerName) throw damaged('it is no backup of Heed')
        header = readHeader(file, content)
        for (const table of header.tables) counts.push(summed(table.name))
        await own(reader.onHeader?.(header))
      } else if (name === manifestName) {
        manifest = JSON.parse(content.toString()) as BackupManifest
      } else {
        const index = header.tables.findIndex(
          (table, at) => name === partName(table.name, counts[at]?.sum.parts ?? 0),
        )
        const [table, counted] = [header.tables[index], counts[index]]
        if (!table || !counted) throw damaged(`${name} is not expected here`)
        counted.add(content)
        await own(reader.onPart?.(table, content, counted.sum.rows))
      }
    }
    await piped
  } catch (error) {
    input.destroy()
    if (isOwnFailure || error instanceof BackupError || isOfFile(error)) throw error
    throw damaged(error instanceof Error ? error.message : String(error), error)
  }
  if (!header || !manifest) throw damaged('it ends before its manifest')
  const sums = counts.map((counted) => counted.finish())
  const { sums: wanted, ...described } = manifest
  if (JSON.stringify(described) !== JSON.stringify(header)) throw damaged('its two descriptions differ')
  for (const [index, sum] of sums.entries()) {
    if (JSON.stringify(sum) !== JSON.stringify(wanted[index])) {
      throw damaged(`the rows of ${sum.name} are not those that were written`)
    }
  }
  return manifest
}

function readHeader(file: string, content: Buffer): BackupHeader {
  const header = JSON.parse(content.toString()) as BackupHeader
  if (header.format !== formatVersion) {
    throw new BackupError(
      `${file}: has format ${header.format}, and this build reads ${formatVersion}; restore it with the build that wrote it`,
    )
  }
  return header
}

/** The file itself cannot be read; its message names it. */
const isOfFile = (error: unknown) =>
  error instanceof Error && 'syscall' in error && typeof error.syscall === 'string'
