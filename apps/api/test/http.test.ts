import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Problem } from '@heed/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clientErrorHandler } from '../src/plugins/client-error.ts'
import { newResponseId, response, startApi, type TestApi } from './support/start-api.ts'

let api: TestApi
let port: number

beforeAll(async () => {
  api = await startApi()
  port = Number(new URL(await api.app.listen({ port: 0, host: '127.0.0.1' })).port)
})
afterAll(() => api.close())

/** What comes back for bytes as they are. */
async function raw(bytes: string): Promise<{ status: number; body: string }> {
  const socket = connect(port, '127.0.0.1')
  socket.end(bytes)
  const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n')
  return { status: Number(head.split(' ')[1]), body }
}

describe('what is hardly a request', () => {
  test.each([
    ['no HTTP at all', 'hello\r\n\r\n', 400, 'invalid_request'],
    [
      'headers beyond measure',
      `GET / HTTP/1.1\r\nhost: a\r\ncookie: ${'x'.repeat(20_000)}\r\n\r\n`,
      431,
      'headers_too_large',
    ],
    [
      'a broken percent-encoding',
      'GET /%zz/heed.js HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n',
      400,
      'invalid_request',
    ],
    [
      'an endless address',
      `GET /v1/config/${'x'.repeat(3_000)} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n`,
      404,
      'not_found',
    ],
  ])('%s is a problem', async (_name, bytes, status, code) => {
    const reply = await raw(bytes)
    expect(reply.status).toBe(status)
    expect(JSON.parse(reply.body) as Problem).toMatchObject({ status, code })
  })

  test('a request that does not arrive in time says so: 408, which a page keeps and sends again', () => {
    const written: string[] = []
    const socket = { writable: true, end: (bytes: string) => written.push(bytes) }
    clientErrorHandler(Object.assign(new Error(), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), socket as never)
    expect(written.join('')).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n(.|\r\n)*"code":"request_timeout"/)
  })
})

test('an address answers the methods it has and names them for every other', async () => {
  const reply = await api.app.inject({ method: 'DELETE', url: `/v1/projects/${api.project.id}/surveys/x` })
  expect(reply.statusCode).toBe(405)
  expect(reply.headers.allow).toBe('GET, HEAD, PATCH, PUT')
  expect(reply.json<Problem>().detail).toMatch(/use GET, HEAD, PATCH, PUT$/)
})

test('figures for Prometheus count what happened, without ids, keys or addresses', async () => {
  const survey = await api.publish()
  const item = response(survey)
  await api.send([
    item,
    item,
    { ...item, seq: 0 },
    { type: 'loss', id: newResponseId(), reason: 'quota', count: 3 },
  ])
  await api.app.inject(`/${api.project.publicKey}/heed.js`)
  const { body, headers } = await api.app.inject('/metrics')
  expect(headers['content-type']).toMatch(/^text\/plain/)
  for (const line of [
    'heed_ingest_items_total{status="stored"} 2',
    'heed_ingest_items_total{status="duplicate"} 1',
    'heed_ingest_items_total{status="refused"} 1',
    'heed_ingest_refused_total{code="invalid_item"} 1',
    'heed_losses_reported_total{reason="quota"} 3',
    'heed_db_connections_max{pool="ingest"} 4',
    'heed_db_waiting{pool="query"} 0',
    'heed_ingest_queue_rows 0',
    'heed_ingest_queue_age_seconds 0',
    'heed_ingest_batch_rows_sum 3',
    'heed_ingest_commit_seconds_count 1',
    'heed_http_request_seconds_count{method="POST",route="/v1/ingest/:publicKey",status="200"} 1',
    'heed_http_request_seconds_count{method="GET",route="/:publicKey/heed.js",status="200"} 1',
  ]) {
    expect(body).toContain(`${line}\n`)
  }
  for (const secret of [api.project.publicKey, api.project.id, survey.id, item.id, '127.0.0.1']) {
    expect(body).not.toContain(secret)
  }
})

test('a server that is told to stop is not ready and ends each connection with its reply', async () => {
  const own = await startApi()
  own.app.services.lifecycle.isDraining = true
  const ready = await own.app.inject('/readyz')
  expect(ready.statusCode).toBe(503)
  expect(ready.json()).toEqual({ status: 'stopping' })
  const survey = await own.publish()
  const sent = await own.app.inject({
    method: 'POST',
    url: `/v1/ingest/${own.project.publicKey}`,
    payload: { sdk: '1', items: [response(survey)] },
  })
  expect(sent.statusCode).toBe(200)
  expect(sent.headers.connection).toBe('close')
  await own.close()
})
