import { Lru } from './lru.ts'

interface Entry<Value> {
  value: Value
  /** Milliseconds, monotonic: when the load that gave the value began. */
  askedMs: number
}

export interface FreshCacheOptions {
  capacity: number
  /** How long a value is used without asking again. */
  freshMs: number
  /** How long a value still serves when asking fails: pages keep their surveys through an outage. */
  staleMs: number
  /** How long an asker waits for news when an old value is at hand. @default 500 */
  patienceMs?: number
  now?: () => number
}

/**
 * Remembers what a slow source said, for a short time; concurrent askers share one load. `null` is an answer
 * too: what does not exist is remembered as long as what does, so that guessing costs no query each.
 */
export class FreshCache<Value> {
  readonly #entries: Lru<Entry<Value>>
  readonly #loading = new Map<string, Promise<Value>>()
  readonly #load: (key: string) => Promise<Value>
  readonly #options: FreshCacheOptions
  readonly #now: () => number

  constructor(load: (key: string) => Promise<Value>, options: FreshCacheOptions) {
    this.#load = load
    this.#options = options
    this.#entries = new Lru(options.capacity)
    this.#now = options.now ?? performance.now.bind(performance)
  }

  /** The value if it is fresh, without waiting. */
  peek(key: string): Value | undefined {
    // Not a use: whatever is used is loaded again every few seconds, and that puts it among the youngest.
    const entry = this.#entries.peek(key)
    return entry && this.#now() - entry.askedMs < this.#options.freshMs ? entry.value : undefined
  }

  /** @throws what loading threw, when there is no value young enough to stand in */
  async get(key: string): Promise<Value> {
    const entry = this.#entries.peek(key)
    const ageMs = entry ? this.#now() - entry.askedMs : Number.POSITIVE_INFINITY
    if (entry && ageMs < this.#options.freshMs) return entry.value
    const load = this.#reload(key)
    return entry && ageMs < this.#options.staleMs ? this.#preferNews(load, entry.value) : load
  }

  /** A database that neither answers nor refuses must not hold up what is known already. */
  async #preferNews(load: Promise<Value>, known: Value): Promise<Value> {
    let timer: NodeJS.Timeout | undefined
    const patience = new Promise<Value>((resolve) => {
      timer = setTimeout(() => resolve(known), this.#options.patienceMs ?? 500).unref()
    })
    try {
      return await Promise.race([load.catch(() => known), patience])
    } finally {
      clearTimeout(timer)
    }
  }

  /** Whether anything is known or being asked under this key, however old. */
  has(key: string): boolean {
    return this.#entries.get(key) !== undefined || this.#loading.has(key)
  }

  /** Forgets one value; a load under way does not bring the old one back. */
  delete(key: string): void {
    this.#entries.delete(key)
    this.#loading.delete(key)
  }

  #reload(key: string): Promise<Value> {
    const running = this.#loading.get(key)
    if (running) return running
    const askedMs = this.#now()
    const load = this.#load(key).then((value) => {
      if (this.#loading.get(key) === load) this.#entries.set(key, { value, askedMs })
      return value
    })
    this.#loading.set(key, load)
    const done = () => {
      if (this.#loading.get(key) === load) this.#loading.delete(key)
    }
    load.then(done, done)
    return load
  }
}
