/** What became of one row. */
export type RowOutcome = 'stored' | 'duplicate' | { refused: string }

export type FailureKind =
  /** The data of some row cannot be stored: find that row. */
  | 'data'
  /** Another transaction was in the way: the same batch may pass now. */
  | 'conflict'
  /** The database is gone, shutting down, full or slow: whether it committed is unknown. */
  | 'unavailable'

export interface BatcherOptions<Row> {
  /** Commits all rows or none; gives the outcome of each, in order. */
  store(rows: readonly Row[]): Promise<readonly RowOutcome[]>
  classify(error: unknown): FailureKind
  /** Hears of every commit, for metrics. */
  onCommit?(rows: number, seconds: number): void
  /** Hears of every failure that was answered with 503. */
  onFailure?(error: unknown): void
  now?(): number
}

/** The queue is full or too old: nothing was stored, come back later. */
export class OverloadedError extends Error {}

/** The batch did not come back with a commit. The rows may or may not be there; sending them again is harmless. */
export class UnavailableError extends Error {}

/** The limits of the queue and of one batch, waiting and being written. */
export const batchLimits = {
  batchRows: 500,
  batchBytes: 1_000_000,
  queueRows: 20_000,
  queueBytes: 64_000_000,
  queueAgeMs: 10_000,
  /** A second flusher while this many rows wait, a third while the next; measured best. */
  secondFlusherRows: 64,
  thirdFlusherRows: 512,
}

const maxConflictRetries = 5

interface Submission<Row> {
  rows: readonly Row[]
  bytes: number
  sinceMs: number
  outcomes: RowOutcome[]
  resolve(outcomes: readonly RowOutcome[]): void
  reject(error: Error): void
}

/**
 * Group commit. Submissions wait in memory; as soon as a flusher is free it takes everything waiting and
 * commits it together, and each submission is answered when its batch has committed. There is no timer: an
 * idle server commits one row at once, a busy one hundreds together.
 */
export class Batcher<Row> {
  readonly #options: BatcherOptions<Row>
  readonly #now: () => number
  #queue: Submission<Row>[] = []
  #waitingRows = 0
  #heldRows = 0
  #heldBytes = 0
  #flushers = 0
  #pumpIsPlanned = false
  #idle: (() => void)[] = []

  constructor(options: BatcherOptions<Row>) {
    this.#options = options
    this.#now = options.now ?? performance.now.bind(performance)
  }

  /** Rows waiting or being written. */
  get heldRows(): number {
    return this.#heldRows
  }

  /** How long the oldest waiting submission has waited. */
  get oldestAgeMs(): number {
    const oldest = this.#queue[0]
    return oldest ? this.#now() - oldest.sinceMs : 0
  }

  /**
   * Resolves when the rows are committed, with what became of each.
   * @throws {OverloadedError} at once, when the queue is full or its oldest has waited too long
   * @throws {UnavailableError} when the commit failed or its result is unknown
   */
  submit(rows: readonly Row[], bytes: number): Promise<readonly RowOutcome[]> {
    if (
      this.#heldRows + rows.length > batchLimits.queueRows ||
      this.#heldBytes + bytes > batchLimits.queueBytes ||
      this.oldestAgeMs > batchLimits.queueAgeMs
    ) {
      this.#dropExpired()
      return Promise.reject(new OverloadedError('the ingest queue is full'))
    }
    this.#heldRows += rows.length
    this.#heldBytes += bytes
    this.#waitingRows += rows.length
    return new Promise((resolve, reject) => {
      this.#queue.push({ rows, bytes, sinceMs: this.#now(), outcomes: [], resolve, reject })
      this.#planPump()
    })
  }

  /** Resolves when nothing waits and nothing is being written. */
  whenIdle(): Promise<void> {
    if (this.#heldRows === 0) return Promise.resolve()
    return new Promise((resolve) => this.#idle.push(resolve))
  }

  /** Requests that arrived in the same turn of the event loop share the first batch; nobody waits for a clock. */
  #planPump(): void {
    if (this.#pumpIsPlanned || this.#flushers >= this.#allowedFlushers()) return
    this.#pumpIsPlanned = true
    setImmediate(() => {
      this.#pumpIsPlanned = false
      while (this.#queue.length > 0 && this.#flushers < this.#allowedFlushers()) void this.#flush()
    })
  }

  #allowedFlushers(): number {
    if (this.#waitingRows >= batchLimits.thirdFlusherRows) return 3
    return this.#waitingRows >= batchLimits.secondFlusherRows ? 2 : 1
  }

  async #flush(): Promise<void> {
    this.#flushers += 1
    const batch = this.#take()
    const rows =
      batch.length === 1 && batch[0] ? batch[0].rows : batch.flatMap((submission) => submission.rows)
    try {
      const outcomes = await this.#commit(rows, 0)
      let index = 0
      for (const submission of batch) {
        const end = index + submission.rows.length
        submission.resolve(batch.length === 1 ? outcomes : outcomes.slice(index, end))
        index = end
      }
    } catch (error) {
      this.#options.onFailure?.(error)
      for (const submission of batch) {
        submission.reject(new UnavailableError('the batch was not committed', { cause: error }))
      }
    }
    for (const submission of batch) this.#release(submission)
    this.#flushers -= 1
    this.#dropExpired()
    if (this.#queue.length > 0) this.#planPump()
  }

  #take(): Submission<Row>[] {
    let count = 0
    let rows = 0
    let bytes = 0
    for (const submission of this.#queue) {
      rows += submission.rows.length
      bytes += submission.bytes
      // One submission always goes, however large, or the queue would stand still behind it.
      if (count > 0 && (rows > batchLimits.batchRows || bytes > batchLimits.batchBytes)) break
      this.#waitingRows -= submission.rows.length
      count += 1
    }
    return this.#queue.splice(0, count)
  }

  /** A data error halves the batch until the bad row stands alone; its neighbours are committed. */
  async #commit(rows: readonly Row[], conflicts: number): Promise<readonly RowOutcome[]> {
    const startedMs = this.#now()
    try {
      const outcomes = await this.#options.store(rows)
      this.#options.onCommit?.(rows.length, (this.#now() - startedMs) / 1000)
      return outcomes
    } catch (error) {
      const kind = this.#options.classify(error)
      if (kind === 'conflict' && conflicts < maxConflictRetries) return this.#commit(rows, conflicts + 1)
      if (kind !== 'data') throw error
      if (rows.length === 1) return [{ refused: 'the database refused this item' }]
      const middle = rows.length >> 1
      const left = await this.#commit(rows.slice(0, middle), 0)
      return [...left, ...(await this.#commit(rows.slice(middle), 0))]
    }
  }

  /** Whoever has waited this long has given up; the rows are not written behind their back. */
  #dropExpired(): void {
    const deadlineMs = this.#now() - batchLimits.queueAgeMs
    let expired = 0
    for (const submission of this.#queue) {
      if (submission.sinceMs > deadlineMs) break
      expired += 1
    }
    for (const submission of this.#queue.splice(0, expired)) {
      this.#waitingRows -= submission.rows.length
      submission.reject(new OverloadedError('waited too long for the database'))
      this.#release(submission)
    }
  }

  #release(submission: Submission<Row>): void {
    this.#heldRows -= submission.rows.length
    this.#heldBytes -= submission.bytes
    if (this.#heldRows === 0) for (const resolve of this.#idle.splice(0)) resolve()
  }
}
