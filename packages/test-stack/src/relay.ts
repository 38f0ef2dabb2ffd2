import {
  createServer,
  request as forward,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'

export interface RelayedRequest {
  method: string
  /** Without the query. */
  path: string
  origin: string | undefined
  body: string
}

/** A way to the API that can be watched and cut. */
export interface Relay {
  /** In place of the API's own. */
  url: string
  /** What arrived, in order, refused connections excepted. */
  requests: RelayedRequest[]
  /** Keeps replies to such requests back, as a server does that is far too slow; returns what lets them go. */
  hold(isHeld: (request: RelayedRequest) => boolean): () => void
  /** Connections are refused until `accept`. */
  refuse(): Promise<void>
  accept(): Promise<void>
  close(): Promise<void>
}

export async function startRelay(apiUrl: string): Promise<Relay> {
  const requests: RelayedRequest[] = []
  let isHeld: (request: RelayedRequest) => boolean = () => false
  let waiting: (() => void)[] = []
  const server: Server = createServer(async (incoming, outgoing: ServerResponse) => {
    const body = await readWhole(incoming)
    if (!body) return
    const seen: RelayedRequest = {
      method: incoming.method ?? '',
      path: (incoming.url ?? '').split('?')[0] ?? '',
      origin: incoming.headers.origin,
      body: body.toString(),
    }
    requests.push(seen)
    if (isHeld(seen)) await new Promise<void>((resolve) => waiting.push(resolve))
    const onward = forward(
      `${apiUrl}${incoming.url}`,
      { method: seen.method, headers: incoming.headers },
      (reply) => {
        outgoing.writeHead(reply.statusCode ?? 502, reply.headers)
        reply.pipe(outgoing)
      },
    )
    onward.on('error', () => outgoing.destroy())
    onward.end(body)
  })
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  await listen(0)
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    hold(wanted) {
      isHeld = wanted
      return () => {
        isHeld = () => false
        for (const release of waiting) release()
        waiting = []
      }
    },
    refuse: stop,
    accept: () => listen(port),
    close: stop,
  }
}

/** Undefined for what a browser gave up half-way: it arrived as little as what was never sent. */
async function readWhole(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of incoming) chunks.push(chunk as Buffer)
    return Buffer.concat(chunks)
  } catch {
    return undefined
  }
}
