import type { ProjectUsage } from '@heed/db'
import type { ProblemError } from '../errors.ts'
import { refuseForNow } from './refuse-for-now.ts'

export interface DailyQuotasOptions {
  /** 0: no limit. */
  rows: number
  bytes: number
  /** Adds to what every process has counted today, by the database's clock; gives the sums. */
  addUsage(usage: readonly ProjectUsage[]): Promise<readonly ProjectUsage[]>
  /** Hears of a write that failed; nothing else does. What it held is written with the next. */
  onFailure?(error: unknown): void
  /** Milliseconds since the epoch: only to say when the day ends. */
  nowMs?(): number
  /** How often counts are written and those of other processes read. @default 5000 */
  intervalMs?: number
}

interface Count {
  /** Today's, of all processes, when it was last asked. */
  rows: number
  bytes: number
  /** Counted here since. */
  newRows: number
  newBytes: number
  /** Asked about since then. */
  isUsed: boolean
}

const dayMs = 86_400_000
/** A project that this process has not seen for a while: what it has stored already is asked for at once. */
const firstLookMs = 200

/**
 * How much a project may store in a day. Counted in memory; every few seconds the new counts are added to those of
 * the other processes in the database, which answers with the sums. So a limit holds within what all processes take
 * in that time, a start reads what was stored before it, and a killed process forgets its last few seconds.
 */
export class DailyQuotas {
  readonly #options: DailyQuotasOptions
  readonly #intervalMs: number
  readonly #counts = new Map<string, Count>()
  #timer: NodeJS.Timeout | undefined
  #isDueSoon = false
  #isClosed = false
  #writing: Promise<void> = Promise.resolve()

  constructor(options: DailyQuotasOptions) {
    this.#options = options
    this.#intervalMs = options.intervalMs ?? 5000
  }

  /** Why the project may store no more today; undefined while it may. */
  refusalOf(projectId: string): { reason: 'quota_rows' | 'quota_bytes'; problem: ProblemError } | undefined {
    const { rows, bytes } = this.#options
    if (rows === 0 && bytes === 0) return undefined
    const count = this.#countOf(projectId)
    const unit = this.#exceededBy(count)
    if (unit === undefined) return undefined
    return unit === 'rows'
      ? { reason: 'quota_rows', problem: this.#refuse(rows, unit) }
      : { reason: 'quota_bytes', problem: this.#refuse(bytes, unit) }
  }

  /** Counts what was stored. */
  note(projectId: string, rows: number, bytes: number): void {
    if (rows === 0 || (this.#options.rows === 0 && this.#options.bytes === 0)) return
    const count = this.#countOf(projectId)
    count.newRows += rows
    count.newBytes += bytes
  }

  /** Writes and reads. Resolves when that is done; never rejects. */
  flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#isDueSoon = false
    this.#writing = this.#writing.then(() => this.#exchange())
    return this.#writing
  }

  /** The last write; whatever is counted afterwards is not written. */
  close(): Promise<void> {
    this.#isClosed = true
    return this.flush()
  }

  #exceededBy(count: Count): 'rows' | 'content-bytes' | undefined {
    const { rows, bytes } = this.#options
    if (rows > 0 && count.rows + count.newRows >= rows) return 'rows'
    return bytes > 0 && count.bytes + count.newBytes >= bytes ? 'content-bytes' : undefined
  }

  #countOf(projectId: string): Count {
    let count = this.#counts.get(projectId)
    if (count) this.#plan(this.#intervalMs)
    else {
      count = { rows: 0, bytes: 0, newRows: 0, newBytes: 0, isUsed: true }
      this.#counts.set(projectId, count)
      this.#planSoon()
    }
    count.isUsed = true
    return count
  }

  #plan(afterMs: number): void {
    if (this.#timer !== undefined || this.#isClosed) return
    this.#timer = setTimeout(() => void this.flush(), afterMs).unref()
  }

  #planSoon(): void {
    if (this.#isDueSoon) return
    this.#isDueSoon = true
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#plan(Math.min(firstLookMs, this.#intervalMs))
  }

  async #exchange(): Promise<void> {
    // One that is refused is asked about until it may store again: the day may be a new one. One that nobody used is
    // forgotten.
    const asked: ProjectUsage[] = []
    for (const [projectId, count] of this.#counts) {
      if (!count.isUsed && this.#exceededBy(count) === undefined) this.#counts.delete(projectId)
      else asked.push({ projectId, rows: count.newRows, bytes: count.newBytes })
      count.isUsed = false
    }
    if (asked.length === 0) return
    this.#plan(this.#intervalMs)
    try {
      const sums = await this.#options.addUsage(asked)
      const known = new Map(sums.map((sum) => [sum.projectId, sum]))
      for (const { projectId, rows, bytes } of asked) {
        const count = this.#counts.get(projectId)
        if (!count) continue
        count.newRows -= rows
        count.newBytes -= bytes
        count.rows = known.get(projectId)?.rows ?? count.rows
        count.bytes = known.get(projectId)?.bytes ?? count.bytes
      }
    } catch (error) {
      for (const { projectId } of asked) {
        const count = this.#counts.get(projectId)
        if (count) count.isUsed = true
      }
      this.#options.onFailure?.(error)
    }
  }

  #refuse(quota: number, unit: 'rows' | 'content-bytes'): ProblemError {
    const nowMs = this.#options.nowMs?.() ?? Date.now()
    const detail = `publicKey: the project has stored all that it may in one day (${quota} ${unit === 'rows' ? 'rows' : 'bytes'}); it may again at 00:00 UTC`
    return refuseForNow('quota_exceeded', detail, {
      policy: unit === 'rows' ? 'rows' : 'bytes',
      quota,
      windowSeconds: dayMs / 1000,
      unit,
      waitMs: dayMs - (nowMs % dayMs),
    })
  }
}
