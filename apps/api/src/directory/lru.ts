/** A bounded map that forgets what was used longest ago. */
export class Lru<Value> {
  readonly #entries = new Map<string, Value>()
  readonly #capacity: number

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  /** Does not count as use: the hot path looks here for every answer. */
  peek(key: string): Value | undefined {
    return this.#entries.get(key)
  }

  get(key: string): Value | undefined {
    const value = this.#entries.get(key)
    if (value !== undefined) this.set(key, value)
    return value
  }

  /** A Map iterates in insertion order: putting the entry at the end makes the first one the oldest. */
  set(key: string, value: Value): void {
    this.#entries.delete(key)
    this.#entries.set(key, value)
    if (this.#entries.size > this.#capacity) {
      for (const oldest of this.#entries.keys()) {
        this.#entries.delete(oldest)
        break
      }
    }
  }

  delete(key: string): void {
    this.#entries.delete(key)
  }
}
