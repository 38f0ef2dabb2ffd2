import { type Agent, type IncomingHttpHeaders, request } from 'node:http'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import type { WireRequest } from './requests.ts'

export interface Reply {
  status: number
  headers: IncomingHttpHeaders
  /** Unpacked. */
  body: string
}

const patienceMs = 20_000

/** Sends a request as it stands: nothing of its target or headers is put right on the way. */
export function send(
  url: string,
  agent: Agent,
  { method, target, headers, body }: WireRequest,
): Promise<Reply> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, agent, method, path: target, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const { statusCode: status = 0, headers } = response
        try {
          resolve({ status, headers, body: unpack(Buffer.concat(chunks), headers['content-encoding']) })
        } catch (error) {
          reject(error)
        }
      })
    })
    sent.setTimeout(patienceMs, () => sent.destroy(new Error(`no reply within ${patienceMs / 1000} s`)))
    sent.on('error', reject)
    sent.end(body)
  })
}

function unpack(body: Buffer, encoding: string | undefined): string {
  if (body.length === 0) return ''
  if (encoding === 'br') return brotliDecompressSync(body).toString()
  return (encoding === 'gzip' ? gunzipSync(body) : body).toString()
}
