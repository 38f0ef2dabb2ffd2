import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { artwork } from './src/art/gallery.ts'
import { cookie } from './src/cookies.ts'
import { preferredLanguage } from './src/languages.ts'
import { documentOf, type EmbeddedScript } from './src/layout.ts'
import { pageOf, readVisit, submit } from './src/router.ts'
import { securityHeaders } from './src/security-headers.ts'

export interface StorefrontOptions {
  /** 0 takes a free one. @default 0 */
  port?: number
  /** @default '127.0.0.1' */
  host?: string
  /** The feedback script; without it the shop is a shop like any other. */
  script?: EmbeddedScript
  /** Sent with every answer, in place of the shop's own header of the same name (lower case). */
  extraHeaders?: Record<string, string>
}

export interface Storefront {
  /** Origin, without a trailing slash. */
  url: string
  /** Stops it; again is harmless. */
  close(): Promise<void>
}

interface PublicFile {
  type: string
  body: Buffer
  version: string
}

const publicFile = (name: string, type: string): PublicFile => {
  const body = readFileSync(new URL(`./public/${name}`, import.meta.url))
  return { type, body, version: createHash('sha256').update(body).digest('hex').slice(0, 10) }
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let body = ''
  for await (const chunk of request) {
    body += chunk
    if (body.length > 16_384) break
  }
  return new URLSearchParams(body)
}

export async function startStorefront(options: StorefrontOptions = {}): Promise<Storefront> {
  const { port = 0, host = '127.0.0.1', script, extraHeaders = {} } = options
  const feedback = script && new URL(script.src).origin
  const files = new Map([
    ['/shop.css', publicFile('shop.css', 'text/css; charset=utf-8')],
    ['/shop.js', publicFile('shop.js', 'text/javascript; charset=utf-8')],
    ['/favicon.svg', publicFile('favicon.svg', 'image/svg+xml')],
  ])
  const asset = (path: string): string => `${path}?v=${files.get(path)?.version}`

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
    const nonce = randomBytes(16).toString('base64')
    const send = (
      status: number,
      headers: Record<string, string | string[]>,
      body: string | Buffer = '',
    ): void => {
      response
        .writeHead(status, { ...securityHeaders(nonce, feedback), ...headers, ...extraHeaders })
        .end(body)
    }

    const file = files.get(pathname)
    if (file) {
      const cache = searchParams.get('v') === file.version ? 'max-age=31536000, immutable' : 'no-cache'
      return send(200, { 'content-type': file.type, 'cache-control': cache }, file.body)
    }
    const picture = pathname.startsWith('/art/') && artwork(pathname.slice(5, -4))
    if (picture)
      return send(200, { 'content-type': 'image/svg+xml', 'cache-control': 'max-age=3600' }, picture)

    if (pathname === '/')
      return send(302, {
        location: `/${preferredLanguage(request.headers['accept-language']).code}/`,
        vary: 'accept-language',
      })
    const visit = readVisit(pathname, request.headers.cookie)
    if (!visit) return send(404, { 'content-type': 'text/plain' }, 'Not found')
    if (!pathname.endsWith('/')) return send(301, { location: `${pathname}/` })

    if (request.method === 'POST') {
      const next = submit(visit, await readForm(request))
      return next ? send(303, { location: next.location, 'set-cookie': next.cookies }) : send(405, {})
    }
    const page = pageOf(visit)
    if (typeof page === 'string') return send(303, { location: page })
    const purchaseTold = visit.path === 'order/placed/' && visit.orderIsNew
    send(
      page.status ?? 200,
      {
        'content-type': 'text/html; charset=utf-8',
        // Not no-store: that would cost the visitor the back/forward cache.
        'cache-control': 'private, no-cache',
        ...(purchaseTold ? { 'set-cookie': cookie('fresh', null) } : {}),
      },
      documentOf(visit, page, { nonce, script, asset }),
    )
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      console.error(error)
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
  const { port: taken } = server.address() as AddressInfo
  return {
    url: `http://${host}:${taken}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

if (import.meta.main) {
  const src = process.env.HEED_SCRIPT_URL
  const shop = await startStorefront({
    port: Number(process.env.PORT ?? 4100),
    ...(src ? { script: { src } } : {}),
  })
  console.log(`The shop is open: ${shop.url}`)
}
