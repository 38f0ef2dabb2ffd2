import { readFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { heedApi } from './src/heed-api.ts'
import { watchBoard } from './src/watch.ts'

export interface BoardOptions {
  /** 0 takes a free one. @default 0 */
  port?: number
  /** @default '127.0.0.1' */
  host?: string
  /** Origin of the API. */
  apiUrl: string
  projectId: string
  /** With the scope `read`. Stays in this process. */
  secretKey: string
  /** Origin of the demo shop. */
  shopUrl: string
  /** Milliseconds between two looks at the API, while somebody watches. @default 1500 */
  everyMs?: number
}

export interface ResultsBoard {
  /** Origin, without a trailing slash. */
  url: string
  /** Stops it; again is harmless. */
  close(): Promise<void>
}

const headers = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-cache',
}

const types = { html: 'text/html', css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml' }

const files = new Map(
  [
    'board.html',
    'board.css',
    'board.js',
    'draw-card.js',
    'draw-answer.js',
    'element.js',
    'moments.js',
    'favicon.svg',
  ].map((name) => [
    name === 'board.html' ? '/' : `/${name}`,
    {
      type: `${types[name.split('.')[1] as keyof typeof types]}; charset=utf-8`,
      body: readFileSync(new URL(`./public/${name}`, import.meta.url)),
    },
  ]),
)

export async function startBoard(options: BoardOptions): Promise<ResultsBoard> {
  const { port = 0, host = '127.0.0.1', apiUrl, shopUrl, everyMs = 1500 } = options
  const watch = watchBoard(heedApi(options), apiUrl, everyMs)

  /** Server-Sent Events: one way, plain HTTP, and the browser reconnects by itself. */
  function stream(response: ServerResponse): void {
    response.writeHead(200, { ...headers, 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    const send = (event: string, data: unknown): void => {
      response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
    }
    send('place', { shopUrl, apiUrl })
    const stop = watch.listen((news) => send(news.kind, news.kind === 'board' ? news.board : news.text))
    // A comment now and then shows proxies, and this server, whether somebody is still there.
    const beat = setInterval(() => response.write(':\n\n'), 15_000).unref()
    response.on('close', () => {
      clearInterval(beat)
      stop()
    })
  }

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const file = files.get(pathname)
    if (request.method !== 'GET' && request.method !== 'HEAD') response.writeHead(405, headers).end()
    else if (pathname === '/events') stream(response)
    else if (file) response.writeHead(200, { ...headers, 'content-type': file.type }).end(file.body)
    else response.writeHead(404, headers).end()
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
  const { port: taken } = server.address() as AddressInfo
  return {
    url: `http://${host}:${taken}`,
    close: () =>
      new Promise((resolve) => {
        watch.close()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

if (import.meta.main) {
  const need = (name: string): string => {
    const value = process.env[name]
    if (!value) throw new Error(`${name}: is needed; npm start prints it and writes it to demo.json`)
    return value
  }
  const board = await startBoard({
    port: Number(process.env.PORT ?? 4200),
    apiUrl: need('HEED_URL'),
    projectId: need('HEED_PROJECT_ID'),
    secretKey: need('HEED_SECRET_KEY'),
    shopUrl: need('SHOP_URL'),
  })
  console.log(`Answers arrive here: ${board.url}`)
}
