import { Lru } from '../directory/lru.ts'

/** `quota` at once, refilled evenly within `windowSeconds`. */
export interface RateLimit {
  quota: number
  windowSeconds: number
}

/**
 * A token bucket for each key, in bounded memory. A bucket is one number, the time at which it will be full again
 * (GCRA, ITU-T I.371): no timer, nothing to sweep. The key used longest ago is forgotten first, and is full again.
 */
export class TokenBuckets {
  readonly limit: RateLimit
  readonly #fullAtMs: Lru<number>
  readonly #tokenMs: number
  readonly #windowMs: number
  readonly #now: () => number

  constructor(limit: RateLimit, capacity: number, now: () => number = performance.now.bind(performance)) {
    this.limit = limit
    this.#fullAtMs = new Lru(capacity)
    this.#windowMs = limit.windowSeconds * 1000
    this.#tokenMs = this.#windowMs / limit.quota
    this.#now = now
  }

  /** Takes a token. 0: it was there; else the milliseconds until there is one, and nothing was taken. */
  take(key: string): number {
    const nowMs = this.#now()
    const fullAtMs = Math.max(this.#fullAtMs.peek(key) ?? 0, nowMs) + this.#tokenMs
    const waitMs = fullAtMs - nowMs - this.#windowMs
    // Sums of fractions miss the last token by a millionth of it.
    if (waitMs > this.#tokenMs / 1000) return waitMs
    this.#fullAtMs.set(key, fullAtMs)
    return 0
  }
}
