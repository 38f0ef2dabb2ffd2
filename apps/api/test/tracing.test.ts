import { createProject, openDatabase } from '@heed/db'
import { type FreshDatabase, freshDatabase } from '@heed/test-stack/fresh-database'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTracing } from '../src/tracing/open-tracing.ts'
import { noTracing } from '../src/tracing/tracing.ts'
import { definition } from './support/definition.ts'
import { attributesOf, type OtlpReceiver, startOtlpReceiver } from './support/otlp-receiver.ts'
import { serve } from './support/serve.ts'
import { response } from './support/start-api.ts'

let database: FreshDatabase
let collector: OtlpReceiver

beforeEach(async () => {
  database = await freshDatabase()
  collector = await startOtlpReceiver()
})

afterEach(async () => {
  await collector.close()
  await database.drop()
})

const traceId = '0af7651916cd43dd8448eb211c80319c'
const callerSpan = 'b7ad6b7169203331'
const poison = 'zanzibar'

/** A server's life with traces: a survey, two answers, reports, a wrong key. Gives what must be in no span. */
async function live(env: Record<string, string>): Promise<string[]> {
  const db = openDatabase({ url: database.url, application: 'heed tests', poolSize: 1 })
  const { project, secretKey } = await createProject(db, { name: 'Shop' })
  await db.destroy()
  const server = await serve({ DATABASE_URL: database.url, HEED_ROLLUP_SECONDS: '1', ...env })
  const call = (path: string, init: RequestInit = {}) => fetch(`${server.url}${path}`, init)
  const authorization = `Bearer ${secretKey}`
  const manage = (path: string, body?: unknown) =>
    call(`/v1/projects/${project.id}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  await manage('/surveys', definition())
  const survey = (await (await manage(`/surveys/${definition().key}/publish`, {})).json()) as {
    id: string
    key: string
    version: number
  }
  const item = response(survey, {
    answers: { nps: 7, why: poison },
    visitor: `${poison}-visitor`,
    context: { url: `https://${poison}.example/` },
  })
  const send = (headers: Record<string, string>) =>
    call(`/v1/ingest/${project.publicKey}`, {
      method: 'POST',
      headers: {
        'content-type': 'text/plain',
        'user-agent': poison,
        'x-forwarded-for': '203.0.113.9',
        ...headers,
      },
      body: JSON.stringify({ sdk: '1.0.0', items: [item] }),
    })
  await send({ traceparent: `00-${traceId}-${callerSpan}-01` })
  await send({})
  await manage(`/metrics?survey=${survey.key}`)
  await manage(`/funnel?survey=${survey.key}`)
  await manage(`/responses?search=${poison}`)
  await call(`/v1/projects/${poison}/surveys`, { headers: { authorization: `Bearer ${poison}` } })
  await call(`/${poison}?${poison}`)
  await call('/metrics')
  server.child.kill('SIGTERM')
  expect(await server.exit).toBe(0)
  return [
    poison,
    secretKey,
    project.publicKey,
    project.id,
    survey.id,
    survey.key,
    item.id,
    '127.0.0.1',
    '203.0.113.9',
  ]
}

test('requests, commits and report queries reach a collector, without answers, addresses or keys', async () => {
  const secrets = await live({
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_SERVICE_NAME: 'shop-feedback',
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
  })
  expect(collector.bodies.every(({ path }) => path === '/v1/traces')).toBe(true)
  expect(collector.resource()).toMatchObject({
    'service.name': 'shop-feedback',
    'deployment.environment.name': 'test',
  })
  const spans = collector.spans()
  const named = (name: string) => spans.filter((span) => span.name === name)

  const [called, own] = named('POST /v1/ingest/:publicKey')
  expect(called).toMatchObject({ traceId, parentSpanId: callerSpan, kind: 2 })
  expect(own?.traceId).not.toBe(traceId)
  expect(attributesOf(called?.attributes ?? [])).toEqual({
    'http.request.method': 'POST',
    'http.route': '/v1/ingest/:publicKey',
    'http.response.status_code': 200,
  })
  const commits = named('ingest commit')
  expect(commits).toHaveLength(2)
  expect(commits.map(({ links = [] }) => links[0]?.spanId)).toEqual([called?.spanId, own?.spanId])
  expect(attributesOf(commits[0]?.attributes ?? [])).toEqual({ 'heed.rows': 1 })

  for (const [query, route] of [
    ['countScores', '/v1/projects/:projectId/metrics'],
    ['countFunnel', '/v1/projects/:projectId/funnel'],
    ['listResponses', '/v1/projects/:projectId/responses'],
  ] as const) {
    const [request] = named(`GET ${route}`)
    expect(named(query), query).toMatchObject([{ traceId: request?.traceId, parentSpanId: request?.spanId }])
  }
  expect(spans.filter(({ name }) => name === 'GET')).toHaveLength(1)
  expect(named('GET /metrics')).toEqual([])

  const arrived = collector.bodies.map(({ body }) => body.toString()).join('\n')
  for (const secret of secrets) expect(arrived).not.toContain(secret)
})

test('as the standard has it without more words: protobuf, and as many as the sampler lets through', async () => {
  const secrets = await live({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url })
  const arrived = collector.bodies.map(({ body }) => body.toString('latin1')).join('\n')
  expect(collector.bodies[0]?.type).toBe('application/x-protobuf')
  expect(arrived).toContain('POST /v1/ingest/:publicKey')
  expect(arrived).toContain('heed')
  for (const secret of secrets) expect(arrived).not.toContain(secret)
})

test('a sampler that lets nothing through sends nothing', async () => {
  await live({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_TRACES_SAMPLER: 'always_off' })
  expect(collector.bodies).toEqual([])
})

test.each([
  [{}],
  [{ OTEL_SERVICE_NAME: 'heed' }],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1', OTEL_SDK_DISABLED: 'true' }],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1', OTEL_TRACES_EXPORTER: 'none' }],
])('nothing is traced nor loaded with %j', async (env) => {
  expect(await openTracing(env)).toBe(noTracing)
})

test('a collector that is not there costs no answer, and a second or two at the end', async () => {
  await live({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' })
})
