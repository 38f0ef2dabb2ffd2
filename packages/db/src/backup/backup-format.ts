// A backup is a tar file, compressed by gzip, that any tool reads: `backup.json` says what follows, then come the rows of
// each table in parts as COPY writes them (`data/<table>/<part>.copy`), then `manifest.json` counts and sums them. What
// has no manifest was cut off.

export const formatVersion = 1
export const headerName = 'backup.json'
export const manifestName = 'manifest.json'
/** Of one part: what a backup or a restore holds in memory, a few times over. */
export const partBytes = 4_000_000

export interface TableHeader {
  name: string
  columns: string[]
}

export interface BackupHeader {
  format: number
  /** ISO 8601 UTC, of the moment that the backup shows. */
  takenAt: string
  /** Names of the migrations that its database had run. */
  migrations: string[]
  /** In an order in which they can be filled: what others refer to comes first. */
  tables: TableHeader[]
}

export interface TableSum {
  name: string
  rows: number
  bytes: number
  parts: number
  /** SHA-256 of all its parts together, hexadecimal. */
  sha256: string
}

export interface BackupManifest extends BackupHeader {
  sums: TableSum[]
}

/** What a long work has done so far. */
export interface BackupProgress {
  step: 'write' | 'check' | 'restore' | 'verify'
  table: string
  rows: number
}

/** A backup that cannot be taken, used or believed. The message says why and what to do. */
export class BackupError extends Error {
  override readonly name = 'BackupError'
}

export const partName = (table: string, part: number) => `data/${table}/${String(part).padStart(6, '0')}.copy`
