/** A token bucket: `burst` at once, `perSecond` in the long run. No timer; it counts when it is asked. */
export class Budget {
  readonly #burst: number
  readonly #perSecond: number
  readonly #now: () => number
  #tokens: number
  #countedMs: number

  constructor(burst: number, perSecond: number, now: () => number = performance.now.bind(performance)) {
    this.#burst = burst
    this.#perSecond = perSecond
    this.#now = now
    this.#tokens = burst
    this.#countedMs = now()
  }

  /** Whether one more is within the budget; if so it is counted. */
  take(): boolean {
    const nowMs = this.#now()
    this.#tokens = Math.min(this.#burst, this.#tokens + ((nowMs - this.#countedMs) / 1000) * this.#perSecond)
    this.#countedMs = nowMs
    if (this.#tokens < 1) return false
    this.#tokens -= 1
    return true
  }
}
