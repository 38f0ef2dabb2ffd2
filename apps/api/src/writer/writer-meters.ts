import { Counter, Gauge, Histogram } from 'prom-client'
import { createMeters, type QueueState } from '../meters.ts'

export interface Backlog {
  /** Messages that wait in the stream. */
  waiting: number
  /** Messages that a writer has and has not committed yet. */
  taken: number
}

export type WriterMeters = ReturnType<typeof createWriterMeters>

/** The figures of one writer. `backlog` is asked at each scrape; undefined when the stream does not answer. */
export function createWriterMeters(queue: () => QueueState, backlog: () => Promise<Backlog | undefined>) {
  const { registry, batchRows, batchFailures, commitSeconds } = createMeters(queue)
  const registers = [registry]
  new Gauge({
    name: 'heed_writer_backlog_messages',
    help: 'Batches in the stream that no database has yet, by whether a writer has them',
    labelNames: ['state'],
    registers,
    async collect() {
      const found = await backlog()
      this.reset()
      if (!found) return
      this.set({ state: 'waiting' }, found.waiting)
      this.set({ state: 'taken' }, found.taken)
    },
  })
  return {
    registry,
    batchRows,
    batchFailures,
    commitSeconds,
    rows: new Counter({
      name: 'heed_writer_rows_total',
      help: 'Rows by what became of them: stored, duplicate, dead',
      labelNames: ['status'],
      registers,
    }),
    redelivered: new Counter({
      name: 'heed_writer_redelivered_total',
      help: 'Batches that came again because a writer ended or took too long',
      registers,
    }),
    unreadable: new Counter({
      name: 'heed_writer_unreadable_total',
      help: 'Messages that could not be read and are dead letters now',
      registers,
    }),
    delaySeconds: new Histogram({
      name: 'heed_writer_delay_seconds',
      help: 'From the acknowledgement of the stream to the commit',
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 10, 60, 300, 3600],
      registers,
    }),
  }
}
