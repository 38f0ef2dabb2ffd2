/** A token bucket: `burst` at once, `perSecond` in the long run. No timer; it counts when it is asked. */
export class Budget {
  readonly #burst: number
  readonly #perSecond: number
  #tokens: number
  #countedMs = performance.now()

  constructor(burst: number, perSecond: number) {
    this.#burst = burst
    this.#perSecond = perSecond
    this.#tokens = burst
  }

  /** Whether one more is within the budget; if so it is counted. */
  take(): boolean {
    const nowMs = performance.now()
    this.#tokens = Math.min(this.#burst, this.#tokens + ((nowMs - this.#countedMs) / 1000) * this.#perSecond)
    this.#countedMs = nowMs
    if (this.#tokens < 1) return false
    this.#tokens -= 1
    return true
  }
}
