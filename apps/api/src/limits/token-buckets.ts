/** `quota` at once, refilled evenly within `windowSeconds`. */
export interface RateLimit {
  quota: number
  windowSeconds: number
}

interface Bucket {
  fullAtMs: number
}

/**
 * A token bucket for each key, in bounded memory. A bucket is one number, the time at which it will be full again
 * (GCRA, ITU-T I.371): no timer, nothing to sweep. Keys live in two generations: when the young one is half of the
 * capacity it becomes the old one, and what was old is forgotten, and is full again. So a key that is used costs one
 * look and no move, and none is forgotten before half the capacity of others was used.
 */
export class TokenBuckets {
  readonly limit: RateLimit
  readonly #generation: number
  readonly #tokenMs: number
  readonly #windowMs: number
  readonly #now: () => number
  #young = new Map<string, Bucket>()
  #old = new Map<string, Bucket>()

  constructor(limit: RateLimit, capacity: number, now: () => number = performance.now.bind(performance)) {
    this.limit = limit
    this.#generation = Math.max(Math.floor(capacity / 2), 1)
    this.#windowMs = limit.windowSeconds * 1000
    this.#tokenMs = this.#windowMs / limit.quota
    this.#now = now
  }

  /** Takes a token. 0: it was there; else the milliseconds until there is one, and nothing was taken. */
  take(key: string): number {
    const nowMs = this.#now()
    const young = this.#young.get(key)
    const known = young ?? this.#old.get(key)
    const fullAtMs = Math.max(known?.fullAtMs ?? 0, nowMs) + this.#tokenMs
    const waitMs = fullAtMs - nowMs - this.#windowMs
    // Sums of fractions miss the last token by a millionth of it.
    if (waitMs > this.#tokenMs / 1000) return waitMs
    if (young) young.fullAtMs = fullAtMs
    else this.#add(key, fullAtMs)
    return 0
  }

  #add(key: string, fullAtMs: number): void {
    if (this.#young.size >= this.#generation) {
      this.#old = this.#young
      this.#young = new Map()
    }
    this.#young.set(key, { fullAtMs })
  }
}
