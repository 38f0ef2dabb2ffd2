/// <reference lib="es2024.string" />
import { maxEventNames } from '@heed/contract'
import { Lru } from '../directory/lru.ts'

export interface EventNamesOptions {
  store(projectId: string, names: readonly string[]): Promise<void>
  /** Hears of a write that failed; nothing else does. */
  onFailure?(error: unknown): void
  /** How long new names gather before they are written. @default 1000 */
  gatherMs?: number
}

const maxNameLength = 100
/** Of one request. */
const maxNames = 100

/**
 * Which page events each project has heard. A name that is known costs a look into a set; a new one is written soon
 * after, together with its neighbours, and no request waits for that or hears of its failure.
 */
export class EventNames {
  readonly #options: EventNamesOptions
  /** What needs no writing, by project: written by this process, or too many already. */
  readonly #known = new Lru<Set<string>>(5_000)
  readonly #pending = new Map<string, Set<string>>()
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> = Promise.resolve()

  constructor(options: EventNamesOptions) {
    this.#options = options
  }

  /** Takes whatever a page sent as `events`; what is no name is left out. */
  note(projectId: string, names: unknown): void {
    if (!Array.isArray(names)) return
    const known = this.#knownOf(projectId)
    for (const name of names.slice(0, maxNames)) {
      if (known.has(name) || known.size >= maxEventNames || !isName(name)) continue
      known.add(name)
      const pending = this.#pending.get(projectId)
      if (pending) pending.add(name)
      else this.#pending.set(projectId, new Set([name]))
      this.#timer ??= setTimeout(() => void this.flush(), this.#options.gatherMs ?? 1000).unref()
    }
  }

  /** Writes what has gathered. Resolves when nothing is being written; never rejects. */
  flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const pending = [...this.#pending]
    this.#pending.clear()
    this.#writing = this.#writing.then(async () => {
      for (const [projectId, names] of pending) await this.#write(projectId, names)
    })
    return this.#writing
  }

  async #write(projectId: string, names: ReadonlySet<string>): Promise<void> {
    try {
      await this.#options.store(projectId, [...names])
    } catch (error) {
      // Forgotten, so that the next request that names them has them written.
      this.#known.delete(projectId)
      this.#options.onFailure?.(error)
    }
  }

  #knownOf(projectId: string): Set<string> {
    const known = this.#known.get(projectId) ?? new Set()
    if (known.size === 0) this.#known.set(projectId, known)
    return known
  }
}

/** Short, storable, on one line, and no address of a person that a shop put into the name of an event. */
function isName(name: unknown): name is string {
  return (
    typeof name === 'string' &&
    name !== '' &&
    name.length <= maxNameLength &&
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it refuses
    !/[\u0000-\u001f\u007f@]/.test(name) &&
    name.isWellFormed()
  )
}
