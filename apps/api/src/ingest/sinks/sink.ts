import type { FailureKind } from '@heed/db'
import type { RowOutcome } from '../batcher.ts'
import type { IngestRow } from '../read-item.ts'

/**
 * Where the batches of the ingest queue go. What a sink has taken is safe: on disk, in the database or in a stream that
 * is drained into it.
 */
export interface IngestSink {
  /** Takes all rows or none that anybody is told of; gives the outcome of each, in order. */
  store(rows: readonly IngestRow[]): Promise<readonly RowOutcome[]>
  classify(error: unknown): FailureKind
  /** Whether answers are taken while the database is away. */
  outlivesDatabase: boolean
  /** Why nothing can be taken now, for `/readyz`. */
  whyNotReady(): Promise<string | undefined>
  /** After the last batch. */
  close(): Promise<void>
}
