import type { FastifyInstance } from 'fastify'
import type { IngestRow } from '../ingest/read-item.ts'
import type { IngestSink } from '../ingest/sinks/sink.ts'

/**
 * Where time goes, for whoever collects traces. Spans hold names from the code, route templates, numbers and error
 * codes: nothing a visitor sent, no address and no key.
 */
export interface Tracing {
  /** A span for each request; of a caller's trace when it says so (W3C `traceparent`). */
  traceRequests(app: FastifyInstance): void
  /** A span around `work`, inside the one of the request or job it belongs to. */
  inSpan<Result>(name: string, work: () => Promise<Result>): Promise<Result>
  /** Remembers which request these rows are from, for the span of their commit. */
  noteRows(rows: readonly IngestRow[]): void
  /** The same sink with a span for each batch, linked to the requests in it. */
  traceCommits(sink: IngestSink): IngestSink
  /** Sends what is left. */
  close(): Promise<void>
}

/** When nobody collects: nothing is loaded and nothing is done. */
export const noTracing: Tracing = {
  traceRequests() {},
  inSpan: (_name, work) => work(),
  noteRows() {},
  traceCommits: (sink) => sink,
  close: async () => {},
}
