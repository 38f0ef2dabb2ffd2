import {
  type Context,
  context,
  propagation,
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api'
import { startNodeSdk } from '@opentelemetry/sdk-node'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { IngestRow } from '../ingest/read-item.ts'
import { within } from '../within.ts'
import type { Tracing } from './tracing.ts'

/** A collector that does not answer holds up a stop this long. */
const closeWithinMs = 2_000
/** Asked every few seconds by machines. */
const untraced = new Set(['/livez', '/readyz', '/metrics'])

/** Starts the library, which reads every `OTEL_...` variable itself. Traces only, unless they name more exporters. */
export function startTracing(): Tracing {
  process.env.OTEL_SERVICE_NAME ||= 'heed'
  process.env.OTEL_METRICS_EXPORTER ||= 'none'
  process.env.OTEL_LOGS_EXPORTER ||= 'none'
  // Of a collector that is not there; the process ends no sooner.
  process.env.OTEL_EXPORTER_OTLP_TIMEOUT ||= '3000'
  // Its notices go to standard output, where results go.
  process.env.OTEL_LOG_LEVEL ||= 'error'
  const sdk = startNodeSdk()
  const tracer = trace.getTracer('heed')
  const spans = new WeakMap<FastifyRequest, { span: Span; inside: Context }>()
  const requests = new WeakMap<IngestRow, SpanContext>()

  function traceRequests(app: FastifyInstance): void {
    app.addHook('onRequest', (request, _reply, done) => {
      const route = request.routeOptions.url
      if (route !== undefined && untraced.has(route)) return done()
      const caller = propagation.extract(ROOT_CONTEXT, request.headers)
      const name = route === undefined ? request.method : `${request.method} ${route}`
      const attributes = { 'http.request.method': request.method, ...(route && { 'http.route': route }) }
      const span = tracer.startSpan(name, { kind: SpanKind.SERVER, attributes }, caller)
      const inside = trace.setSpan(caller, span)
      spans.set(request, { span, inside })
      context.with(inside, done)
    })
    // The body comes by events of its connection, which belong to no request.
    app.addHook('preHandler', (request, _reply, done) => {
      const found = spans.get(request)
      if (found) context.with(found.inside, done)
      else done()
    })
    app.addHook('onResponse', (request, reply, done) => {
      const span = spans.get(request)?.span
      span?.setAttribute('http.response.status_code', reply.statusCode)
      if (reply.statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR })
      span?.end()
      done()
    })
  }

  /** A message may quote data, so an error is its code. */
  async function finish<Result>(span: Span, work: Promise<Result>): Promise<Result> {
    try {
      return await work
    } catch (error) {
      const { code, name } = error as { code?: unknown; name?: unknown }
      span.setAttribute('error.type', String(code ?? name ?? 'unknown'))
      span.setStatus({ code: SpanStatusCode.ERROR })
      throw error
    } finally {
      span.end()
    }
  }

  return {
    traceRequests,
    inSpan: (name, work) => tracer.startActiveSpan(name, (span) => finish(span, work())),
    noteRows(rows) {
      const [first] = rows
      const span = trace.getActiveSpan()
      if (first && span?.isRecording()) requests.set(first, span.spanContext())
    },
    traceCommits: (sink) => ({
      ...sink,
      store(rows) {
        const links = rows.flatMap((row) => {
          const found = requests.get(row)
          return found ? [{ context: found }] : []
        })
        // A trace of its own: it belongs to many requests, and to none of them alone.
        const options = { root: true, kind: SpanKind.CLIENT, links, attributes: { 'heed.rows': rows.length } }
        return tracer.startActiveSpan('ingest commit', options, (span) => finish(span, sink.store(rows)))
      },
    }),
    close: () => within(closeWithinMs, sdk.shutdown()).catch(() => {}),
  }
}
