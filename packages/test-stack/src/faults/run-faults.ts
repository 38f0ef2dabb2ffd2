import type { Visitors } from './visitors.ts'

export interface Fault {
  name: string
  begin(): unknown
  /** Absent: Heed itself has to end it. */
  end?(): unknown
  /** Whether nothing can be taken meanwhile, so that it is over at the earliest when somebody has felt it. */
  isOutage?: boolean
}

export interface FaultResult {
  name: string
  /** From the end of the fault, or from its beginning when nobody else ends it, until every visitor was served. */
  recoveredMs: number
  /** Requests that came to nothing because of it. */
  failed: number
}

/** One fault under load, from its beginning until everybody is served again. `lasts` resolves when it may end. */
export async function runFault(
  visitors: Visitors,
  fault: Fault,
  lasts = async () => {},
): Promise<FaultResult> {
  const failedBefore = visitors.failed()
  await fault.begin()
  let sinceMs = performance.now()
  if (fault.isOutage) await visitors.feel(1)
  await lasts()
  if (fault.end) {
    await fault.end()
    sinceMs = performance.now()
  }
  await visitors.allServed()
  return {
    name: fault.name,
    recoveredMs: performance.now() - sinceMs,
    failed: visitors.failed() - failedBefore,
  }
}
