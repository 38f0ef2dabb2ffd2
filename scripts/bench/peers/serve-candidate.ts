import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { Candidate } from './candidate.ts'

/** Bytes of bodies that a page was sent besides itself. */
export interface Wire {
  requests: string[]
  brotli: number
  gzip: number
}

export interface ServedCandidate {
  url: string
  /** Since the last call of `reset`. */
  wire(): Wire
  reset(): void
  close(): Promise<void>
}

interface Body {
  brotli: Buffer
  gzipBytes: number
  type: string
}

const compress = ({ body, type }: { body: string; type: string }): Body => ({
  brotli: brotliCompressSync(body),
  gzipBytes: gzipSync(body, { level: 9 }).length,
  type,
})

/**
 * Every shop has a script of its own. Without one, the first widget to touch the document or the storage would pay for
 * what the browser makes on that occasion (70 kB of heap for the prototypes of an element alone).
 */
const shopScript = `
const cart = JSON.parse(localStorage.getItem('cart') ?? '[]')
const script = document.currentScript
for (const button of document.querySelectorAll('button'))
  button.addEventListener('click', () => {
    cart.push(button.closest('li').firstChild.textContent)
    localStorage.setItem('cart', JSON.stringify(cart))
  })
document.documentElement.dataset.language = navigator.language
history.replaceState({ cart: cart.length, from: script.dataset.from }, '')`

/** A shop page of ordinary size; the same for everybody. */
const page = (head: string) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title>
<meta name="viewport" content="width=device-width">${head}
<style>body{font:16px/1.5 system-ui;margin:0 auto;max-width:1100px}ul{display:grid;grid-template-columns:repeat(4,1fr);gap:16px;padding:0;list-style:none}li{border:1px solid #ddd;padding:16px}</style>
</head><body><h1>Teas</h1><ul>${Array.from(
  { length: 80 },
  (_, at) =>
    `<li><h2>Tea ${at + 1}</h2><p>From a garden in the hills, picked by hand.</p><button>Add to cart</button></li>`,
).join('')}</ul><script>${shopScript}</script></body></html>`

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

/** The page with one candidate on it, its files and its API, everything with ready-made brotli from one origin. */
export async function serveCandidate(candidate: Candidate): Promise<ServedCandidate> {
  const ready = new Map([...candidate.files].map(([path, file]) => [path, compress(file)]))
  const html = compress({ body: page(candidate.head), type: 'text/html; charset=utf-8' })
  let wire: Wire = { requests: [], brotli: 0, gzip: 0 }
  const server = createServer(async (request, response) => {
    const [path = '/'] = (request.url ?? '/').split('?')
    const received = await read(request)
    const isPage = path === '/'
    const reply = candidate.api?.(path, received)
    const body =
      (isPage ? html : ready.get(path)) ??
      (reply === undefined ? undefined : compress({ body: reply, type: 'application/json' }))
    if (!body || path === '/favicon.ico') {
      response.writeHead(404).end()
      return
    }
    if (!isPage) {
      wire.requests.push(path)
      wire.brotli += body.brotli.length
      wire.gzip += body.gzipBytes
    }
    response
      .writeHead(200, {
        'content-type': body.type,
        'content-encoding': 'br',
        'cache-control': candidate.files.has(path) ? 'max-age=3600' : 'no-store',
      })
      .end(body.brotli)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    // Not an address: some leave local ones alone.
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    wire: () => ({ ...wire, requests: [...wire.requests] }),
    reset() {
      wire = { requests: [], brotli: 0, gzip: 0 }
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
