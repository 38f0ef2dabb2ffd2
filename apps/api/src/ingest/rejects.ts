import type { ItemAck } from '@heed/contract'
import type { NewReject } from '@heed/db'
import { Budget } from '../directory/budget.ts'
import { Lru } from '../directory/lru.ts'
import { describeReject } from './describe-reject.ts'

export interface RejectsOptions {
  store(projectId: string, rejects: readonly NewReject[]): Promise<void>
  /** Hears of a write that failed; nothing else does. */
  onFailure?(error: unknown): void
  /** How long refused items gather before they are written. @default 1000 */
  gatherMs?: number
}

/** Of all projects together, waiting to be written; about 10 MB. */
const maxWaiting = 2_000

/**
 * Keeps what was refused for its content, so that its project can find the mistake. At most 60 of a project at once and
 * one a second after that: a page that sends nothing else costs no more. Written behind the replies; a write that fails
 * is not tried again, and no request hears of it.
 */
export class Rejects {
  readonly #options: RejectsOptions
  readonly #budgets = new Lru<Budget>(20_000)
  readonly #pending = new Map<string, NewReject[]>()
  #waiting = 0
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> = Promise.resolve()

  constructor(options: RejectsOptions) {
    this.#options = options
  }

  note(projectId: string, item: unknown, refusal: ItemAck, sdk: string): void {
    if (this.#waiting >= maxWaiting || !this.#budgetOf(projectId).take()) return
    const reject = describeReject(item, refusal, sdk)
    const pending = this.#pending.get(projectId)
    if (pending) pending.push(reject)
    else this.#pending.set(projectId, [reject])
    this.#waiting += 1
    this.#timer ??= setTimeout(() => void this.flush(), this.#options.gatherMs ?? 1000).unref()
  }

  /** Writes what has gathered. Resolves when nothing is being written; never rejects. */
  flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const pending = [...this.#pending]
    this.#pending.clear()
    this.#writing = this.#writing.then(async () => {
      for (const [projectId, rejects] of pending) {
        await this.#options
          .store(projectId, rejects)
          .catch((error: unknown) => this.#options.onFailure?.(error))
        this.#waiting -= rejects.length
      }
    })
    return this.#writing
  }

  #budgetOf(projectId: string): Budget {
    const budget = this.#budgets.get(projectId) ?? new Budget(60, 1)
    this.#budgets.set(projectId, budget)
    return budget
  }
}
