import type { FailureKind } from '../ingest/batcher.ts'
import { classifyFailure, sqlState } from '../ingest/classify-failure.ts'

/**
 * Classes of SQLSTATE that the rows are not to blame for: connection, transaction state, login, catalog (a missing
 * column means a missing migration), resources, objects in use, shutdown, the system, its configuration.
 */
const environment = ['08', '25', '28', '3D', '40', '42', '53', '55', '57', '58', 'F0']
/** Corrupted data or index: the database is broken, not the row. */
const corrupted = ['XX001', 'XX002']

/**
 * What a failed commit means in the writer. Unlike a page that waits for its reply, a stream stands still behind a batch
 * that can never be stored. So whatever the environment does not explain is the data's fault: the batch is split down to
 * the bad row, and that row is kept as a dead letter.
 */
export function classifyWriterFailure(error: unknown): FailureKind {
  const kind = classifyFailure(error)
  const state = sqlState(error)
  if (kind !== 'unavailable' || !/^[0-9A-Z]{5}$/.test(state)) return kind
  return environment.includes(state.slice(0, 2)) || corrupted.includes(state) ? 'unavailable' : 'data'
}
