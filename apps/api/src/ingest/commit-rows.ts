import { ProblemError, retryAfterSeconds } from '../errors.ts'
import { type Batcher, OverloadedError, type RowOutcome } from './batcher.ts'
import type { IngestRow } from './read-item.ts'

/** @throws {ProblemError} `overloaded` or `unavailable`, with the time after which another try is welcome */
export async function commitRows(
  batcher: Batcher<IngestRow>,
  rows: readonly IngestRow[],
  bytes: number,
): Promise<readonly RowOutcome[]> {
  try {
    return await batcher.submit(rows, bytes)
  } catch (error) {
    const retryAfter = retryAfterSeconds()
    if (error instanceof OverloadedError) {
      throw new ProblemError('overloaded', 'the queue is full; send the same items again later', {
        retryAfter,
      })
    }
    throw new ProblemError(
      'unavailable',
      'the items could not be committed; send the same items again later',
      {
        retryAfter,
        cause: error,
      },
    )
  }
}
