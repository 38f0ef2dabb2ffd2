import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Lru } from '../directory/lru.ts'

/** A body with its compressed forms, made once and sent many times. */
export interface PreparedContent {
  type: string
  etag: string
  plain: string
  brotli: Buffer
  gzip: Buffer
}

const compressBrotli = promisify(brotliCompress)
const compressGzip = promisify(gzip)

/** Compresses as well as it can be done, once for each text, however many ask for it at the same time. */
export class ContentStore {
  readonly #prepared: Lru<Promise<PreparedContent>>
  readonly #type: string

  constructor(type: string, capacity: number) {
    this.#type = type
    this.#prepared = new Lru(capacity)
  }

  prepare(text: string): Promise<PreparedContent> {
    const known = this.#prepared.get(text)
    if (known) return known
    const content = prepareContent(text, this.#type)
    this.#prepared.set(text, content)
    content.catch(() => this.#prepared.delete(text))
    return content
  }
}

async function prepareContent(plain: string, type: string): Promise<PreparedContent> {
  const bytes = Buffer.from(plain)
  const [brotli, gzipped] = await Promise.all([
    compressBrotli(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
    compressGzip(bytes, { level: constants.Z_BEST_COMPRESSION }),
  ])
  return { type, etag: etagOf(plain), plain, brotli, gzip: gzipped }
}

/** Weak: the forms of one content have different bytes and the same meaning. */
function etagOf(text: string): string {
  return `W/"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`
}

/** Sends the content in the best form that the browser takes, or 304 when it has it already. */
export function sendContent(
  request: FastifyRequest,
  reply: FastifyReply,
  content: PreparedContent,
  cacheControl: string,
): FastifyReply {
  reply.header('cache-control', cacheControl).header('etag', content.etag).header('vary', 'accept-encoding')
  if (hasEtag(request.headers['if-none-match'], content.etag)) return reply.code(304).send()
  reply.type(content.type)
  const accepted = acceptedEncodings(request.headers['accept-encoding'])
  if (accepted.includes('br')) return reply.header('content-encoding', 'br').send(content.brotli)
  if (accepted.includes('gzip')) return reply.header('content-encoding', 'gzip').send(content.gzip)
  return reply.send(content.plain)
}

function hasEtag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false
  const strong = etag.replace('W/', '')
  return header.split(',').some((one) => one.trim() === '*' || one.trim().replace('W/', '') === strong)
}

/** `br;q=0` is a refusal; every other weight counts as yes. */
function acceptedEncodings(header: string | string[] | undefined): string[] {
  return String(header ?? '')
    .toLowerCase()
    .split(',')
    .flatMap((one) => {
      // Not by a pattern with spaces around: it would try every run of them anew from each of its places.
      const [name = '', ...parameters] = one.split(';').map((part) => part.trim())
      return parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter)) ? [] : [name]
    })
}
