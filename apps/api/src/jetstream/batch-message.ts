import { createHash } from 'node:crypto'
import type { IngestRow } from '../ingest/read-item.ts'

/** One batch as a message. Written by one version of Heed, read by another: additions are optional members. */
interface BatchMessage {
  v: 1
  rows: readonly IngestRow[]
}

export interface EncodedBatch {
  rows: readonly IngestRow[]
  body: Buffer
}

// A kind that is missing here is a type error: a writer must not take a row for one of another kind.
const kinds: Record<IngestRow['kind'], true> = { response: true, display: true, loss: true }

/** One message, or as many as it takes to keep each below `maxBytes`. */
export function encodeBatch(rows: readonly IngestRow[], maxBytes: number): EncodedBatch[] {
  const message: BatchMessage = { v: 1, rows }
  const body = Buffer.from(JSON.stringify(message))
  if (body.length <= maxBytes || rows.length === 1) return [{ rows, body }]
  const middle = rows.length >> 1
  return [...encodeBatch(rows.slice(0, middle), maxBytes), ...encodeBatch(rows.slice(middle), maxBytes)]
}

/**
 * What the stream knows a message by for as long as its window of duplicates. The id of a response alone would not do:
 * a response grows, and each growth is another message. A batch is known by the ids of all its rows.
 */
export function messageIdOf(rows: readonly IngestRow[]): string {
  const [first] = rows
  if (first && rows.length === 1) return nameOf(first)
  const hash = createHash('sha256')
  for (const row of rows) hash.update(nameOf(row)).update('\n')
  return hash.digest('base64url')
}

function nameOf({ kind, row }: IngestRow): string {
  const step = kind === 'response' ? row.seq : kind === 'display' ? row.states : 0
  return `${row.projectId}:${kind}:${row.id}:${step}`
}

/**
 * The rows of a message that has waited this long.
 * @throws when this is no batch, or one that only a newer Heed can read
 */
export function decodeBatch(body: Uint8Array, waitedMs: number): IngestRow[] {
  const message = JSON.parse(Buffer.from(body).toString()) as { v?: unknown; rows?: IngestRow[] } | null
  if (message?.v !== 1 || !Array.isArray(message.rows)) throw new TypeError('not a batch of version 1')
  for (const row of message.rows) {
    if (!Object.hasOwn(kinds, row.kind)) throw new TypeError(`rows of kind ${row.kind} are unknown`)
    addAge(row, waitedMs)
  }
  return message.rows
}

/** The database counts back from the moment of the commit, so every wait before it is part of an answer's age. */
export function addAge({ kind, row }: IngestRow, waitedMs: number): void {
  if (kind === 'response') row.ageMs += Math.max(0, Math.round(waitedMs))
}
