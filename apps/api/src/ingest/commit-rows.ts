import { ProblemError, retryAfterSeconds } from '../errors.ts'
import type { Limits } from '../limits/limits.ts'
import type { Tracing } from '../tracing/tracing.ts'
import { type Batcher, OverloadedError, type RowOutcome } from './batcher.ts'
import type { IngestRow } from './read-item.ts'

interface CommitServices {
  batcher: Batcher<IngestRow>
  limits: Limits
  tracing: Tracing
}

/** @throws {ProblemError} `overloaded` or `unavailable`, with the time after which another try is welcome */
export async function commitRows(
  { batcher, limits, tracing }: CommitServices,
  projectId: string,
  rows: readonly IngestRow[],
  bytes: number,
): Promise<readonly RowOutcome[]> {
  tracing.noteRows(rows)
  try {
    return await batcher.submit(rows, bytes, projectId)
  } catch (error) {
    if (error instanceof OverloadedError) throw limits.refuseQueue()
    throw new ProblemError(
      'unavailable',
      'the items could not be committed; send the same items again later',
      {
        retryAfter: retryAfterSeconds(),
        cause: error,
      },
    )
  }
}
