import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Markup alone is a page with status 200. */
export type ServedPage = string | { body: string | Buffer; type?: string; headers?: Record<string, string> }

export interface Pages {
  /** Origin, without a trailing slash. */
  url: string
  close(): Promise<void>
}

/** Somebody's site on an origin of its own: by path, or what a function makes of the request. */
export async function servePages(
  pages: Record<string, ServedPage> | ((path: string, request: IncomingMessage) => ServedPage | undefined),
): Promise<Pages> {
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/'
    const found = typeof pages === 'function' ? pages(path, request) : pages[path]
    if (found === undefined) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found')
      return
    }
    const { body, type, headers }: Exclude<ServedPage, string> =
      typeof found === 'string' ? { body: found } : found
    response.writeHead(200, { 'content-type': type ?? 'text/html; charset=utf-8', ...headers }).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
