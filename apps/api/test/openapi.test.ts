import type { Survey } from '@heed/contract'
import { createSecretKey, newPublicKey } from '@heed/db'
import { pixel } from '@heed/test-stack/pixel'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import Schema from 'typebox/schema'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ProblemCode, problems } from '../src/errors.ts'
import { OverloadedError, UnavailableError } from '../src/ingest/batcher.ts'
import { definition } from './support/definition.ts'
import { response, startApi, type TestApi } from './support/start-api.ts'

interface Operation {
  operationId: string
  summary: string
  tags: string[]
  parameters?: { name: string; in: string; required?: boolean; schema: object }[]
  requestBody?: { content: Record<string, { schema: object }> }
  responses: Record<string, { description: string; content?: Record<string, { schema: object }> }>
}
interface Document {
  openapi: string
  info: { title: string; version: string; description: string }
  paths: Record<string, Record<string, Operation>>
  tags: { name: string }[]
}

let api: TestApi
let survey: Survey
let responseId: string
let document: Document
let operations: { path: string; method: string; operation: Operation }[]

beforeAll(async () => {
  api = await startApi({ settings: { origins: ['https://shop.example'] } })
  survey = await api.publish()
  const item = response(survey, {
    context: { device: 'phone', event: { name: 'purchase' }, viewport: [1, 2] },
  })
  responseId = item.id
  await api.send([item])
  document = (await api.app.inject('/openapi.json')).json<Document>()
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
})
afterAll(() => api.close())

describe('the description of the API', () => {
  test('is OpenAPI 3.1 with every operation named, sorted and described once', () => {
    expect(document.openapi).toBe('3.1.0')
    expect(document.info).toMatchObject({ title: 'Heed', version: '1.2.3' })
    const ids = operations.map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { operation } of operations) {
      expect(operation).toMatchObject({ operationId: expect.any(String), summary: expect.any(String) })
      expect(document.tags.map(({ name }) => name)).toEqual(expect.arrayContaining(operation.tags))
      for (const reply of Object.values(operation.responses)) expect(reply.description).toBeTruthy()
    }
  })

  test('declares the parameters that stand in each path', () => {
    for (const { path, operation } of operations) {
      const inPath = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name)
      const declared = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path')
      expect(declared.map(({ name }) => name).sort()).toEqual(inPath.sort())
      for (const parameter of declared) expect(parameter.required).toBe(true)
    }
  })

  test('lists every error code with its status', () => {
    for (const [code, [status, title]] of Object.entries(problems)) {
      expect(document.info.description).toContain(`| \`${code}\` | ${status} | ${title} |`)
    }
  })

  test('is shown at /docs under a policy that lets nothing else in', async () => {
    const page = await api.app.inject('/docs')
    expect(page.statusCode).toBe(200)
    expect(page.headers['content-security-policy']).toContain("default-src 'none'")
    for (const [, path = ''] of page.body.matchAll(/(?:src|href)="([^"]+)"/g)) {
      expect((await api.app.inject(path)).statusCode).toBe(200)
    }
    expect(page.body).not.toMatch(/<script(?![^>]*src=)[^>]*>[^<]*\S/)
    expect((await api.app.inject('/')).headers.location).toBe('/docs')
  })
})

test('every operation replies as it is described', async () => {
  const project = `/v1/projects/${api.project.id}`
  const key = api.project.publicKey
  const draft = (await api.call<Survey>('POST', '/surveys', definition({ key: 'described' }))).reply.id
  await api.publish({ key: 'by-mail', display: { kind: 'page' } })
  const calls: Record<string, InjectOptions> = {
    livez: { url: '/livez' },
    readyz: { url: '/readyz' },
    prometheus: { url: '/metrics' },
    getProjectLoader: { url: `/${key}/heed.js` },
    getLoader: { url: '/heed.js' },
    getWidgetPart: { url: '/heed/1.2.3/panel-0a1b2c.js' },
    getConfig: { url: `/v1/config/${key}` },
    getSurveyPage: { url: '/s/by-mail' },
    getProjectSurveyPage: { url: `/${key}/s/by-mail` },
    addScreenshot: {
      method: 'POST',
      url: `/v1/screenshots/${key}/${responseId}`,
      payload: pixel,
      headers: { 'content-type': 'image/png' },
    },
    listEvents: { url: `${project}/events` },
    previewSurvey: { method: 'POST', url: `${project}/surveys/${draft}/preview` },
    getScreenshot: { url: `${project}/responses/${responseId}/screenshot` },
    deleteTestResponses: { method: 'DELETE', url: `${project}/responses?survey=${survey.id}&test=true` },
    getSurveyTexts: { url: `/v1/surveys/${key}/${survey.id}/1/en` },
    ingest: {
      method: 'POST',
      url: `/v1/ingest/${key}`,
      payload: {
        sdk: '1',
        items: [response(survey), response(survey, { seq: 0 }), { type: 'loss', reason: 'quota', count: 1 }],
      },
    },
    listProjects: { url: '/v1/projects' },
    createProject: { method: 'POST', url: '/v1/projects', payload: { name: 'New' } },
    getProject: { url: project },
    updateProject: { method: 'PATCH', url: project, payload: { name: 'Shop' } },
    listSurveys: { url: `${project}/surveys` },
    createSurvey: { method: 'POST', url: `${project}/surveys`, payload: definition({ key: 'new' }) },
    getSurvey: { url: `${project}/surveys/${survey.id}` },
    updateSurvey: { method: 'PATCH', url: `${project}/surveys/${draft}`, payload: { name: 'x' } },
    replaceSurvey: {
      method: 'PUT',
      url: `${project}/surveys/${draft}`,
      payload: definition({ key: 'described' }),
    },
    publishSurvey: { method: 'POST', url: `${project}/surveys/${draft}/publish` },
    pauseSurvey: { method: 'POST', url: `${project}/surveys/${draft}/pause` },
    resumeSurvey: { method: 'POST', url: `${project}/surveys/${draft}/resume` },
    archiveSurvey: { method: 'POST', url: `${project}/surveys/${draft}/archive` },
    listSurveyVersions: { url: `${project}/surveys/${survey.id}/versions` },
    getMetrics: { url: `${project}/metrics?survey=${survey.id}&interval=day&by=device` },
    getFunnel: { url: `${project}/funnel?survey=${survey.id}&by=device` },
    listRejects: { url: `${project}/rejects?reason=invalid_item` },
    listResponses: { url: `${project}/responses` },
    getResponse: { url: `${project}/responses/${responseId}` },
    updateResponse: { method: 'PATCH', url: `${project}/responses/${responseId}`, payload: { note: 'x' } },
    exportResponses: { url: `${project}/export` },
    listAudit: { url: `${project}/audit` },
    copyVisitor: { url: `${project}/visitors/somebody` },
    eraseVisitor: { method: 'DELETE', url: `${project}/visitors/somebody` },
    copySubject: { url: `${project}/subjects/somebody` },
    eraseSubject: { method: 'DELETE', url: `${project}/subjects/somebody?dryRun=true` },
  }
  expect(Object.keys(calls).sort()).toEqual(operations.map(({ operation }) => operation.operationId).sort())

  for (const [operationId, options] of Object.entries(calls)) {
    const { operation } = operations.find((one) => one.operation.operationId === operationId) ?? {}
    const headers = { authorization: `Bearer ${api.secretKey}`, ...options.headers }
    const reply = await api.app.inject({ ...options, headers })
    const described = operation?.responses[reply.statusCode]
    const type = String(reply.headers['content-type']).split(';')[0] ?? ''
    const [, media] = Object.entries(described?.content ?? {}).find(([name]) => name.startsWith(type)) ?? []
    expect({ operationId, status: reply.statusCode, type, isDescribed: media !== undefined }).toMatchObject({
      status: expect.toSatisfy((status: number) => status < 300),
      isDescribed: true,
    })
    if (!type.includes('json') || type.includes('ndjson')) continue
    const [, errors] = Schema.Errors(media?.schema ?? {}, reply.json())
    expect({ operationId, errors }).toEqual({ operationId, errors: [] })
  }
})

/** A request that has the error, or the reply to one. */
type Cause = InjectOptions | LightMyRequestResponse

describe('every error code', () => {
  const project = () => `/v1/projects/${api.project.id}`
  const ingest = () => `/v1/ingest/${api.project.publicKey}`
  const send = (payload: unknown, headers: Record<string, string> = {}): InjectOptions => ({
    method: 'POST',
    url: ingest(),
    payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
    headers: { 'content-type': 'text/plain', ...headers },
  })
  const good = () => ({ sdk: '1', items: [response(survey)] })
  const manage = (path: string, options: InjectOptions = {}): InjectOptions => ({
    url: project() + path,
    ...options,
    headers: { authorization: `Bearer ${api.secretKey}`, ...options.headers },
  })

  const picture = (type = 'image/png'): InjectOptions => ({
    method: 'POST',
    url: `/v1/screenshots/${api.project.publicKey}/${responseId}`,
    payload: pixel,
    headers: { 'content-type': type },
  })

  // What does not become a request is tested on a socket, in http.test.ts.
  const causes: Record<
    Exclude<ProblemCode, 'request_timeout' | 'headers_too_large'>,
    () => Cause | Promise<Cause>
  > = {
    malformed_json: () => send('{'),
    invalid_request: () => send({ items: [] }),
    unsupported_format: () => manage('/export?format=xlsx'),
    missing_credentials: () => ({ url: project() }),
    unknown_key: () => ({ url: '/v1/config/pk_wrong' }),
    origin_not_allowed: () => send(good(), { origin: 'https://evil.example' }),
    project_paused: async () => {
      await api.call('PATCH', '', { status: 'paused' })
      return send(good())
    },
    invalid_preview: () => ({ url: `/v1/config/${api.project.publicKey}?preview=x` }),
    expired_preview: async () => {
      const token = await api.app.services.previews.sign(api.project.id, survey.id, Date.now() - 1000)
      return { url: `/v1/config/${api.project.publicKey}?preview=${token}` }
    },
    secret_key_in_browser: () => manage('', { headers: { origin: 'https://shop.example' } }),
    insufficient_scope: async () => {
      const { secretKey } = await createSecretKey(api.db, api.project.id, { name: 'r', scopes: ['read'] })
      return manage('', { method: 'PATCH', payload: {}, headers: { authorization: `Bearer ${secretKey}` } })
    },
    not_found: () => ({ url: '/nowhere' }),
    unknown_project: () => ({ ...manage(''), url: '/v1/projects/prj_none' }),
    unknown_survey: () => manage('/surveys/none'),
    unknown_version: () => ({ url: `/v1/surveys/${api.project.publicKey}/${survey.id}/9/en` }),
    unknown_locale: () => ({ url: `/v1/surveys/${api.project.publicKey}/${survey.id}/1/fr` }),
    unknown_response: () => manage('/responses/0198c6f2-7b1e-7c3a-9d54-3f2a8e6b1c90'),
    unknown_screenshot: () => manage('/responses/0198c6f2-7b1e-7c3a-9d54-3f2a8e6b1c90/screenshot'),
    response_closed: async () => {
      const old = new Date(Date.now() - 25 * 3_600_000)
      await api.db.updateTable('responses').set({ received_at: old }).where('id', '=', responseId).execute()
      return picture()
    },
    invalid_image: () => picture('image/jpeg'),
    method_not_allowed: () => ({ method: 'DELETE', url: ingest() }),
    key_taken: () => manage('/surveys', { method: 'POST', payload: definition() }),
    survey_never_published: async () => {
      await api.call('POST', '/surveys', definition({ key: 'unpublished' }))
      return manage('/surveys/unpublished/pause', { method: 'POST' })
    },
    body_too_large: () => send('x'.repeat(70_000)),
    unsupported_media_type: () => send(good(), { 'content-type': 'application/xml' }),
    survey_not_publishable: async () => {
      await api.call('POST', '/surveys', definition({ key: 'placeless', display: { kind: 'inline' } }))
      return manage('/surveys/placeless/publish', { method: 'POST' })
    },
    rate_limited: async () => {
      // What a scanner does: keys that could exist, all at once.
      const keys = Array.from({ length: 1500 }, () => newPublicKey())
      const replies = await Promise.all(keys.map((key) => api.app.inject(`/v1/config/${key}`)))
      return replies.find(({ statusCode }) => statusCode === 429) ?? { url: '/v1/config/never' }
    },
    quota_exceeded: async () => {
      api.app.services.quotas.note(api.project.id, 10_000_000, 1)
      const reply = await api.app.inject(send(good()))
      api.app.services.quotas.note(api.project.id, -10_000_000, -1)
      return reply
    },
    internal_error: () => {
      api.app.services.surveys.findLive = () => Promise.reject(new Error('the password is hunter2'))
      return { url: `/v1/config/${api.project.publicKey}` }
    },
    overloaded: () => {
      api.app.services.batcher.submit = () => Promise.reject(new OverloadedError('full'))
      return send(good())
    },
    unavailable: () => {
      api.app.services.batcher.submit = () => Promise.reject(new UnavailableError('gone'))
      return send(good())
    },
  }

  test.each(Object.keys(causes) as (keyof typeof causes)[])(
    '%s leaves as a problem, its status and title from the table',
    async (code) => {
      const cause = await causes[code]()
      const reply = 'statusCode' in cause ? cause : await api.app.inject(cause)
      const [status, title] = problems[code]
      expect(reply.statusCode).toBe(status)
      expect(reply.headers['content-type']).toBe('application/problem+json; charset=utf-8')
      expect(reply.headers['cache-control']).toBe('no-store')
      expect(reply.json()).toMatchObject({
        type: `/docs#${code}`,
        title,
        status,
        code,
        detail: expect.any(String),
      })
      if (status === 429 || status === 503) expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0)
      if (status === 405) expect(reply.headers.allow).toBe('POST')
      expect(reply.body).not.toMatch(/hunter2|node_modules|at .*\.ts/)
      if (code === 'project_paused') await api.call('PATCH', '', { status: 'active' })
    },
  )

  test('an unexpected one is logged by its place, without words that could hold data', () => {
    const lines = api.log.map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(lines).toContainEqual(
      expect.objectContaining({ level: 'error', problem: 'internal_error', route: '/v1/config/:publicKey' }),
    )
    expect(api.log.join('')).not.toContain('hunter2')
    expect(api.log.join('')).not.toContain(api.project.publicKey)
  })
})
