import type { FailureKind } from '@heed/db'

/** What became of one row. */
export type RowOutcome = 'stored' | 'duplicate' | { refused: string }

export interface BatcherOptions<Row> {
  /** Commits all rows or none; gives the outcome of each, in order. */
  store(rows: readonly Row[]): Promise<readonly RowOutcome[]>
  classify(error: unknown): FailureKind
  /** Hears of every commit, for metrics. */
  onCommit?(rows: number, seconds: number): void
  /** Hears of every failure that was answered with 503. */
  onFailure?(error: unknown): void
  now?(): number
  /** Calls back when everything that has come in this turn of the event loop was looked at. @default setImmediate */
  atTurnEnd?(work: () => void): void
}

/** The queue, or the lane's share of it, is full or too old: nothing was stored, come back later. */
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
  /** A lane whose first has waited this long is behind; see `isBehind`. */
  behindMs: 500,
  /** What a lane may put into a batch before the next lane has its turn. */
  turnRows: 32,
  /** A second flusher while this many rows wait, a third while the next; measured best. */
  secondFlusherRows: 64,
  thirdFlusherRows: 512,
}

const maxConflictRetries = 5
/**
 * Statements that may fail while the rows are looked for that make a batch fail for a reason which is not plainly theirs.
 * One takes about ten; when it is the database after all, not every row of a batch is tried.
 */
const maxUnclearFailures = 32

/** What became of a row in its batch; `failed`: nobody knows, or it was not tried. */
type Result = RowOutcome | { failed: unknown }

/** What the parts of a split batch share. */
interface Attempt {
  unclearFailures: number
  /** No part is tried any more. */
  gaveUp?: { failed: unknown }
}

interface Submission<Row> {
  rows: readonly Row[]
  bytes: number
  /** Its part of a batch, in rows: of whichever of the two limits it uses more. */
  cost: number
  sinceMs: number
  lane: Lane<Row>
  resolve(outcomes: readonly RowOutcome[]): void
  reject(error: Error): void
}

/** What waits of one project, and what it holds, waiting and being written. */
interface Lane<Row> {
  name: string
  waiting: Submission<Row>[]
  /** Where the first that still waits stands: shifting a long list for each one would cost its length. */
  first: number
  heldRows: number
  heldBytes: number
  /** What its turn has left of a batch, in rows. */
  credit: number
}

/**
 * Group commit. Submissions wait in memory; as soon as a flusher is free it takes everything waiting and
 * commits it together, and each submission is answered when its batch has committed. There is no timer: an
 * idle server commits one row at once, a busy one hundreds together.
 *
 * The lanes take turns (deficit round robin: Shreedhar and Varghese, 1995), so whoever sends little is in the next
 * batch however long the lane of another is. A lane may hold as much as the queue has left (dynamic thresholds:
 * Choudhury and Hahne, 1998): half of it when it is alone, an equal share when there are more, and always some room
 * for one that comes new.
 */
export class Batcher<Row> {
  readonly #options: BatcherOptions<Row>
  readonly #now: () => number
  readonly #atTurnEnd: (work: () => void) => void
  readonly #lanes = new Map<string, Lane<Row>>()
  /** Lanes in which something waits; the first has its turn. */
  readonly #turns = new Set<Lane<Row>>()
  #waitingRows = 0
  #heldRows = 0
  #heldBytes = 0
  #flushers = 0
  #pumpIsPlanned = false
  #isStopped = false
  #idle: (() => void)[] = []

  constructor(options: BatcherOptions<Row>) {
    this.#options = options
    this.#now = options.now ?? performance.now.bind(performance)
    this.#atTurnEnd = options.atTurnEnd ?? ((work) => void setImmediate(work))
  }

  /** Rows waiting or being written. */
  get heldRows(): number {
    return this.#heldRows
  }

  /** How long the oldest waiting submission has waited. */
  get oldestAgeMs(): number {
    let sinceMs = this.#now()
    const nowMs = sinceMs
    for (const lane of this.#turns) sinceMs = Math.min(sinceMs, lane.waiting[lane.first]?.sinceMs ?? sinceMs)
    return nowMs - sinceMs
  }

  /** How many rows a lane may hold now. */
  get laneLimit(): number {
    return batchLimits.queueRows - this.#heldRows
  }

  /** Whether a row more can be taken from this lane: what is refused in the end need not be read. */
  hasRoom(name: string): boolean {
    const lane = this.#lanes.get(name)
    const hasRoom = this.#hasRoom(lane, 1, 0)
    if (!hasRoom && lane) this.#dropExpired(lane)
    return hasRoom
  }

  /** Whether the first that waits in this lane has waited longer than a batch or two should take. */
  isBehind(name: string): boolean {
    const lane = this.#lanes.get(name)
    const oldest = lane?.waiting[lane.first]
    return oldest !== undefined && this.#now() - oldest.sinceMs > batchLimits.behindMs
  }

  /**
   * Resolves when the rows are committed, with what became of each.
   * @param name of the lane, whose rows are committed in the order they came
   * @throws {OverloadedError} at once, when the queue is full or stopped, or the oldest of the lane has waited too long
   * @throws {UnavailableError} when the commit failed or its result is unknown
   */
  submit(rows: readonly Row[], bytes: number, name = ''): Promise<readonly RowOutcome[]> {
    const lane = this.#lanes.get(name) ?? {
      name,
      waiting: [],
      first: 0,
      heldRows: 0,
      heldBytes: 0,
      credit: 0,
    }
    if (this.#isStopped || !this.#hasRoom(lane, rows.length, bytes)) {
      this.#dropExpired(lane)
      return Promise.reject(new OverloadedError('the ingest queue is full'))
    }
    if (lane.heldRows === 0) this.#lanes.set(name, lane)
    lane.heldRows += rows.length
    lane.heldBytes += bytes
    this.#heldRows += rows.length
    this.#heldBytes += bytes
    this.#waitingRows += rows.length
    this.#turns.add(lane)
    const cost = Math.max(rows.length, (bytes / batchLimits.batchBytes) * batchLimits.batchRows)
    return new Promise((resolve, reject) => {
      lane.waiting.push({ rows, bytes, cost, sinceMs: this.#now(), lane, resolve, reject })
      this.#planPump()
    })
  }

  /** Refuses what waits and whatever comes after it; what is being written goes on. */
  stop(): void {
    this.#isStopped = true
    for (const lane of this.#turns) {
      for (let next = lane.waiting[lane.first]; next; next = lane.waiting[lane.first]) {
        this.#shift(lane, next)
        next.reject(new OverloadedError('the server is stopping'))
        this.#release(next)
      }
    }
    this.#turns.clear()
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
    this.#atTurnEnd(() => {
      this.#pumpIsPlanned = false
      while (this.#turns.size > 0 && this.#flushers < this.#allowedFlushers()) void this.#flush()
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
    const results = await this.#commit(rows, { unclearFailures: 0 })
    let index = 0
    let failure: { failed: unknown } | undefined
    for (const submission of batch) {
      const end = index + submission.rows.length
      const own = batch.length === 1 ? results : results.slice(index, end)
      index = end
      const failed = own.find(isFailed)
      if (failed) {
        failure = failed
        submission.reject(new UnavailableError('the batch was not committed', { cause: failed.failed }))
      } else {
        submission.resolve(own as RowOutcome[])
      }
    }
    if (failure) this.#options.onFailure?.(failure.failed)
    for (const submission of batch) this.#release(submission)
    this.#flushers -= 1
    for (const lane of this.#turns) this.#dropExpired(lane)
    if (this.#turns.size > 0) this.#planPump()
  }

  #hasRoom(lane: Lane<Row> | undefined, rows: number, bytes: number): boolean {
    const oldest = lane?.waiting[lane.first]
    return (
      (lane?.heldRows ?? 0) + rows <= batchLimits.queueRows - this.#heldRows &&
      (lane?.heldBytes ?? 0) + bytes <= batchLimits.queueBytes - this.#heldBytes &&
      !(oldest && this.#now() - oldest.sinceMs > batchLimits.queueAgeMs)
    )
  }

  #take(): Submission<Row>[] {
    const batch: Submission<Row>[] = []
    let rows = 0
    let bytes = 0
    for (const lane of this.#turns) {
      // What a turn leaves is too little for the next one and is kept for it: a large one waits several turns.
      lane.credit += batchLimits.turnRows
      for (
        let next = lane.waiting[lane.first];
        next && next.cost <= lane.credit;
        next = lane.waiting[lane.first]
      ) {
        rows += next.rows.length
        bytes += next.bytes
        // One submission always goes, however large, or the queue would stand still behind it. The lane goes on with its turn.
        if (batch.length > 0 && (rows > batchLimits.batchRows || bytes > batchLimits.batchBytes)) {
          lane.credit -= batchLimits.turnRows
          return batch
        }
        lane.credit -= next.cost
        batch.push(this.#shift(lane, next))
      }
      // A set goes on with what is put back at its end.
      this.#turns.delete(lane)
      if (lane.first < lane.waiting.length) this.#turns.add(lane)
    }
    return batch
  }

  /** Takes the first that waits out of its lane. */
  #shift(lane: Lane<Row>, first: Submission<Row>): Submission<Row> {
    lane.first += 1
    this.#waitingRows -= first.rows.length
    if (lane.first === lane.waiting.length) {
      lane.waiting.length = 0
      lane.first = 0
      lane.credit = 0
    } else if (lane.first >= 1024 && lane.first * 2 > lane.waiting.length) {
      lane.waiting = lane.waiting.slice(lane.first)
      lane.first = 0
    }
    return first
  }

  /** An error that may be a row's halves the batch until that row stands alone; its neighbours are committed. */
  async #commit(rows: readonly Row[], attempt: Attempt, conflicts = 0): Promise<readonly Result[]> {
    const { gaveUp } = attempt
    if (gaveUp) return rows.map(() => gaveUp)
    const startedMs = this.#now()
    try {
      const outcomes = await this.#options.store(rows)
      this.#options.onCommit?.(rows.length, (this.#now() - startedMs) / 1000)
      return outcomes
    } catch (error) {
      const kind = this.#options.classify(error)
      if (kind === 'conflict' && conflicts < maxConflictRetries) {
        return this.#commit(rows, attempt, conflicts + 1)
      }
      const failure = { failed: error }
      if (kind === 'unclear') attempt.unclearFailures += 1
      else if (kind !== 'data') attempt.gaveUp = failure
      if (attempt.unclearFailures >= maxUnclearFailures) attempt.gaveUp = failure
      if (attempt.gaveUp) return rows.map(() => failure)
      if (rows.length === 1)
        return [kind === 'data' ? { refused: 'the database refused this item' } : failure]
      const middle = rows.length >> 1
      const left = await this.#commit(rows.slice(0, middle), attempt)
      return [...left, ...(await this.#commit(rows.slice(middle), attempt))]
    }
  }

  /** Whoever has waited this long has given up; the rows are not written behind their back. */
  #dropExpired(lane: Lane<Row>): void {
    const deadlineMs = this.#now() - batchLimits.queueAgeMs
    for (
      let next = lane.waiting[lane.first];
      next && next.sinceMs <= deadlineMs;
      next = lane.waiting[lane.first]
    ) {
      this.#shift(lane, next)
      next.reject(new OverloadedError('waited too long for the database'))
      this.#release(next)
    }
    if (lane.waiting.length === 0) this.#turns.delete(lane)
  }

  #release({ rows, bytes, lane }: Submission<Row>): void {
    lane.heldRows -= rows.length
    lane.heldBytes -= bytes
    if (lane.heldRows === 0) this.#lanes.delete(lane.name)
    this.#heldRows -= rows.length
    this.#heldBytes -= bytes
    if (this.#heldRows === 0) for (const resolve of this.#idle.splice(0)) resolve()
  }
}

const isFailed = (result: Result): result is { failed: unknown } =>
  typeof result === 'object' && 'failed' in result
