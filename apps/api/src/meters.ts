import { lossReasons } from '@heed/contract'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import { meterProcess } from './process-meters.ts'

/** What the queue can say of itself when it is asked. */
export interface QueueState {
  heldRows: number
  oldestAgeMs: number
}

export type Meters = ReturnType<typeof createMeters>

const secondsBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** The figures of one app, in a registry of their own. Labels are fixed words: no ids, no keys, no addresses. */
export function createMeters(queue: () => QueueState) {
  const registry = new Registry()
  const registers = [registry]
  /** `aggregator`: what stands for all processes of a server that has several. */
  const gauge = (name: string, help: string, read: () => number, aggregator: 'sum' | 'max' = 'sum') =>
    new Gauge({
      name,
      help,
      registers,
      aggregator,
      collect() {
        this.set(read())
      },
    })
  gauge('heed_ingest_queue_rows', 'Rows waiting for a commit or being written', () => queue().heldRows)
  gauge(
    'heed_ingest_queue_age_seconds',
    'How long the oldest waiting request has waited',
    () => queue().oldestAgeMs / 1000,
    'max',
  )
  meterProcess(registry)
  const meters = {
    registry,
    acknowledged: new Counter({
      name: 'heed_ingest_items_total',
      help: 'Items by what became of them: stored, duplicate, refused',
      labelNames: ['status'],
      registers,
    }),
    refused: new Counter({
      name: 'heed_ingest_refused_total',
      help: 'Refused items by reason',
      labelNames: ['code'],
      registers,
    }),
    lost: new Counter({
      name: 'heed_losses_reported_total',
      help: 'Answers that devices say they lost, by reason',
      labelNames: ['reason'],
      registers,
    }),
    limited: new Counter({
      name: 'heed_http_limited_total',
      help: 'Requests refused for their number or for want of room: address, public, keys, visitor, project, quota_rows, quota_bytes, queue',
      labelNames: ['reason'],
      registers,
    }),
    batchFailures: new Counter({
      name: 'heed_ingest_batch_failures_total',
      help: 'Batches that did not come back with a commit',
      registers,
    }),
    batchRows: new Histogram({
      name: 'heed_ingest_batch_rows',
      help: 'Rows of one commit',
      buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256, 500],
      registers,
    }),
    commitSeconds: new Histogram({
      name: 'heed_ingest_commit_seconds',
      help: 'Duration of one commit',
      buckets: secondsBuckets,
      registers,
    }),
    requestSeconds: new Histogram({
      name: 'heed_http_request_seconds',
      help: 'Duration of requests by route',
      labelNames: ['method', 'route', 'status'],
      buckets: secondsBuckets,
      registers,
    }),
    problems: new Counter({
      name: 'heed_http_problems_total',
      help: 'Error replies by code',
      labelNames: ['code'],
      registers,
    }),
    jobRuns: new Counter({
      name: 'heed_job_runs_total',
      help: 'Runs of what goes by the clock, by outcome: ok, failed',
      // Not `job`: Prometheus calls its own targets that.
      labelNames: ['task', 'outcome'],
      registers,
    }),
    jobSeconds: new Histogram({
      name: 'heed_job_seconds',
      help: 'Duration of one run of a job',
      labelNames: ['task'],
      buckets: [0.01, 0.1, 1, 10, 60, 600, 3600],
      registers,
    }),
    jobSuccess: new Gauge({
      name: 'heed_job_last_success_timestamp_seconds',
      help: 'When a run of the job last ended well, in seconds since 1970; absent before the first one',
      aggregator: 'max',
      labelNames: ['task'],
      registers,
    }),
  }
  // Alerts look at increases, and the first one of a figure that is not there yet is none.
  for (const reason of lossReasons) meters.lost.inc({ reason }, 0)
  for (const code of ['internal_error', 'unavailable', 'overloaded']) meters.problems.inc({ code }, 0)
  return meters
}
