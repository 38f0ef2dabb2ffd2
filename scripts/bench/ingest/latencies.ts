import type { Latency } from './load.ts'

/** Collects durations, all of them: half a million are 4 MB. */
export class Latencies {
  readonly #values: number[] = []

  add(ms: number): void {
    this.#values.push(ms)
  }

  get count(): number {
    return this.#values.length
  }

  /** Of none: noughts. */
  summary(): Latency {
    const sorted = Float64Array.from(this.#values).sort()
    const at = (share: number) => sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? 0
    return { p50: at(0.5), p95: at(0.95), p99: at(0.99) }
  }
}
