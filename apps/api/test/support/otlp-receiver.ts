import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'

type Value = { stringValue?: string; intValue?: number | string; boolValue?: boolean }
type Attributes = { key: string; value: Value }[]

interface ReceivedSpan {
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
  kind: number
  attributes: Attributes
  links?: { traceId: string; spanId: string }[]
  status?: { code?: number; message?: string }
  events?: { name: string }[]
}

interface ExportRequest {
  resourceSpans: { resource: { attributes: Attributes }; scopeSpans: { spans: ReceivedSpan[] }[] }[]
}

export interface OtlpReceiver {
  url: string
  /** Bodies as they came, after decompression. */
  bodies: { path: string; type: string; body: Buffer }[]
  /** Of those that were JSON. */
  spans(): ReceivedSpan[]
  resource(): Record<string, unknown>
  close(): Promise<void>
}

export const attributesOf = (attributes: Attributes): Record<string, unknown> =>
  Object.fromEntries(
    attributes.map(({ key, value }) => [key, value.stringValue ?? value.boolValue ?? Number(value.intValue)]),
  )

/** Takes what an OTLP/HTTP exporter sends, as a collector does. */
export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const bodies: OtlpReceiver['bodies'] = []
  const server = createServer(async (request, reply) => {
    const raw = await buffer(request)
    const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw
    bodies.push({ path: request.url ?? '', type: request.headers['content-type'] ?? '', body })
    reply.setHeader('content-type', request.headers['content-type'] ?? 'application/json').end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const requests = () =>
    bodies
      .filter(({ type }) => type.includes('json'))
      .flatMap(({ body }) => (JSON.parse(body.toString()) as ExportRequest).resourceSpans)
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bodies,
    spans: () => requests().flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
    resource: () => attributesOf(requests()[0]?.resource.attributes ?? []),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
