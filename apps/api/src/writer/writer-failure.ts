import { type FailureKind, failureKind, sqlState } from '@heed/db'

/**
 * What a failed commit means in the writer. Unlike a page that waits for its reply, a stream stands still behind a batch
 * that can never be stored. So what PostgreSQL says and its environment does not explain is the data's fault: the batch is
 * split down to the bad row, and that row is kept as a dead letter, to be replayed.
 */
export function writerFailure(error: unknown): FailureKind {
  const kind = failureKind(error)
  return kind === 'unclear' && /^[0-9A-Z]{5}$/.test(sqlState(error)) ? 'data' : kind
}
