import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** A page with this head, and scripts beside it, on an origin of its own until the test is over. */
export async function servePage(head: string, scripts: Record<string, string> = {}): Promise<string> {
  const server = createServer((request, response) => {
    const script = scripts[request.url ?? '']
    response.setHeader('content-type', `${script ? 'text/javascript' : 'text/html'}; charset=utf-8`)
    response.end(
      script ?? `<!doctype html><html lang="en"><head>${head}</head><body><h1>Page</h1></body></html>`,
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}
