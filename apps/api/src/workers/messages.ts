import type { MetricObjectWithValues, MetricValue } from 'prom-client'

/** The figures of one process, as its registry gives them away. */
export type Figures = MetricObjectWithValues<MetricValue<string>>[]

/** What a worker tells the process that started it. */
export type FromWorker =
  | { heed: 'listening'; url: string }
  /** It cannot start; the message has the advice. */
  | { heed: 'failed'; message: string }
  | { heed: 'figures'; figures: Figures }
  /** Somebody asked it for the figures of all. */
  | { heed: 'sumWanted' }

/** What a worker is told. */
export type ToWorker = { heed: 'stop' } | { heed: 'figuresWanted' } | { heed: 'sum'; text: string }

/** Node's own messages pass the same way. */
export function isOurs<Message extends { heed: string }>(message: unknown): message is Message {
  return typeof message === 'object' && message !== null && 'heed' in message
}
