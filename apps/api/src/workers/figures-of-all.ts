import { AggregatorRegistry, Gauge, type Registry } from 'prom-client'
import type { Figures } from './messages.ts'

const sum = (all: Figures[]): Registry => AggregatorRegistry.aggregate(all)

/** The one figure of this name, its labels added up. */
const read = (figures: Figures, wanted: string): number =>
  figures.find(({ name }) => name === wanted)?.values.reduce((total, { value }) => total + value, 0) ?? 0

/**
 * The figures of all processes of a server as one: counts and sizes added up, the oldest age of any. What a worker had
 * counted stays when it ends, or a count would fall, and every monitoring system take that for a start at nought.
 */
export class FiguresOfAll {
  readonly #own: Registry
  readonly #latest = new Map<number, Figures>()
  #ended: Promise<Figures> = Promise.resolve([])

  /** `own` are those of this process; it gets those that tell one worker from another. */
  constructor(own: Registry) {
    this.#own = own
    const latest = this.#latest
    const ofEach = (name: string, help: string, figure: string) =>
      new Gauge({
        name,
        help,
        labelNames: ['worker'],
        registers: [own],
        collect() {
          this.reset()
          for (const [number, figures] of latest) this.set({ worker: String(number) }, read(figures, figure))
        },
      })
    ofEach('heed_worker_items', 'Items that this worker has answered', 'heed_ingest_items_total')
    ofEach(
      'heed_worker_resident_memory_bytes',
      'Resident memory of this worker',
      'process_resident_memory_bytes',
    )
  }

  note(worker: number, figures: Figures): void {
    this.#latest.set(worker, figures)
  }

  /** What is a state, not a count, ends with its worker. */
  forget(worker: number): void {
    const last = this.#latest.get(worker)
    if (!last) return
    this.#latest.delete(worker)
    const counts = last.filter(({ type }) => String(type) !== 'gauge')
    this.#ended = this.#ended.then((before) => sum([before, counts]).getMetricsAsJSON())
  }

  async text(): Promise<string> {
    const [own, ended] = await Promise.all([this.#own.getMetricsAsJSON(), this.#ended])
    return sum([own, ended, ...this.#latest.values()]).metrics()
  }
}
