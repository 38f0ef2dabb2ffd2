import { type DisplayRow, type LossRow, type ResponseRow, storeBatch } from '@heed/db'
import type { Db } from '../services.ts'
import type { RowOutcome } from './batcher.ts'
import type { IngestRow } from './read-item.ts'

/** Commits a batch of any kinds of rows, all or none. A response that changed nothing was there before: a duplicate. */
export async function storeRows(db: Db, rows: readonly IngestRow[]): Promise<RowOutcome[]> {
  const responses: ResponseRow[] = []
  const displays: DisplayRow[] = []
  const losses: LossRow[] = []
  for (const { kind, row } of rows) {
    if (kind === 'response') responses.push(row)
    else if (kind === 'display') displays.push(row)
    else losses.push(row)
  }
  const { stored } = await storeBatch(db, { responses, displays, losses })
  return rows.map(({ kind, row }) => (kind !== 'response' || stored.has(row) ? 'stored' : 'duplicate'))
}
