import type {
  FunnelReport,
  MetricsReport,
  Problem,
  Project,
  ResponsePage,
  ResponseRecord,
  Survey,
} from '@heed/contract'
import { createProject, createSecretKey, revokeKey } from '@heed/db'
import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { definition } from './support/definition.ts'
import { newResponseId, response, startApi, type TestApi } from './support/start-api.ts'

let api: TestApi

beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.close())

async function as(secretKey: string | undefined, options: InjectOptions) {
  const reply = await api.app.inject({
    ...options,
    headers: {
      ...(secretKey === undefined ? {} : { authorization: `Bearer ${secretKey}` }),
      ...options.headers,
    },
  })
  return {
    status: reply.statusCode,
    headers: reply.headers,
    reply: reply.json<Problem & Record<string, unknown>>(),
  }
}

describe('a secret key', () => {
  const url = () => `/v1/projects/${api.project.id}`

  test.each([
    ['no key', undefined, {}, 401, 'missing_credentials'],
    ['another scheme', undefined, { authorization: 'Basic eDp5' }, 401, 'missing_credentials'],
    ['a public key', undefined, { authorization: 'Bearer pk_x' }, 401, 'unknown_key'],
    ['a key that is none', 'sk_nonsense', {}, 401, 'unknown_key'],
  ])('%s is refused', async (_name, key, headers, status, code) => {
    const reply = await as(key, { url: url(), headers })
    expect(reply).toMatchObject({ status, reply: { code } })
    expect(reply.headers['www-authenticate']).toMatch(/^Bearer/)
  })

  test('from a page is refused with advice, even when it is right', async () => {
    const reply = await as(api.secretKey, { url: url(), headers: { origin: 'https://shop.example' } })
    expect(reply).toMatchObject({ status: 403, reply: { code: 'secret_key_in_browser' } })
    expect(reply.reply.detail).toMatch(/call from a server, and revoke this key/)
    expect(reply.headers).not.toHaveProperty('access-control-allow-origin')
  })

  test('does what its scope allows and nothing more', async () => {
    const { id: projectId } = api.project
    const read = await createSecretKey(api.db, projectId, { name: 'r', scopes: ['read'] })
    const write = await createSecretKey(api.db, projectId, { name: 'w', scopes: ['write'] })
    const create = { method: 'POST' as const, url: '/v1/projects', payload: { name: 'New' } }
    const rename = { method: 'PATCH' as const, url: url(), payload: { name: 'Shop' } }
    expect(await as(read.secretKey, { url: url() })).toMatchObject({ status: 200 })
    expect(await as(read.secretKey, rename)).toMatchObject({
      status: 403,
      reply: { code: 'insufficient_scope' },
    })
    expect(await as(write.secretKey, rename)).toMatchObject({ status: 200 })
    expect(await as(write.secretKey, create)).toMatchObject({
      status: 403,
      reply: { code: 'insufficient_scope' },
    })
    expect(await as(api.secretKey, create)).toMatchObject({ status: 201 })
  })

  test('that was revoked is unknown', async () => {
    const key = await createSecretKey(api.db, api.project.id, { name: 'old', scopes: ['read'] })
    await revokeKey(api.db, api.project.id, key.id)
    expect(await as(key.secretKey, { url: url() })).toMatchObject({
      status: 401,
      reply: { code: 'unknown_key' },
    })
  })

  test('sees nothing of another project, which might as well not exist', async () => {
    const other = await createProject(api.db, { name: 'Other' })
    const survey = await api.publish({ key: 'mine' })
    await api.send([response(survey)])
    const paths = [
      '',
      '/surveys',
      `/surveys/${survey.id}`,
      '/responses',
      `/metrics?survey=${survey.id}`,
      '/export',
    ]
    for (const path of paths) {
      const reply = await as(other.secretKey, { url: `/v1/projects/${api.project.id}${path}` })
      expect(reply).toMatchObject({ status: 404, reply: { code: 'unknown_project' } })
      expect(await as(other.secretKey, { url: `/v1/projects/prj_none${path}` })).toMatchObject({
        status: 404,
        reply: { code: 'unknown_project' },
      })
    }
    const theirs = await as(other.secretKey, { url: `/v1/projects/${other.project.id}/surveys/${survey.id}` })
    expect(theirs).toMatchObject({ status: 404, reply: { code: 'unknown_survey' } })
    const list = await as(other.secretKey, { url: '/v1/projects' })
    expect(list.reply.data).toMatchObject([{ id: other.project.id }])
  })
})

describe('a project', () => {
  test('is created with keys that work', async () => {
    const { status, reply } = await as(api.secretKey, {
      method: 'POST',
      url: '/v1/projects',
      payload: { name: 'Second', settings: { origins: ['https://second.example'] } },
    })
    expect(status).toBe(201)
    const { project, projectId, publicKey, secretKey } = reply as unknown as {
      project: Project
      projectId: string
      publicKey: string
      secretKey: string
    }
    expect(project).toMatchObject({ id: projectId, publicKey, name: 'Second', status: 'active' })
    expect(await as(secretKey, { url: `/v1/projects/${projectId}` })).toMatchObject({
      status: 200,
      reply: project,
    })
    expect(await as(undefined, { url: `/v1/config/${publicKey}` })).toMatchObject({ status: 200 })
  })

  test('changes what is said and keeps the rest', async () => {
    await api.call('PATCH', '', { settings: { cooldownDays: 3 } })
    const { reply } = await api.call<Project>('PATCH', '', { settings: { queryKeys: ['lang'] } })
    expect(reply.settings).toEqual({
      origins: [],
      cooldownDays: 3,
      onePerSession: true,
      protectedUrls: [],
      queryKeys: ['lang'],
      retentionDays: 400,
    })
  })

  test.each([
    [{ nickname: 'x' }, /^nickname: unknown member; known here are name, status, settings$/],
    [{ settings: { cooldown: 3 } }, /^settings\.cooldown: unknown member/],
    [{ settings: { cooldownDays: '3' } }, /^settings\.cooldownDays: expected a number/],
    [{ settings: { origins: ['shop.example'] } }, /^settings\.origins\.0: begins with neither http/],
    [
      { settings: { origins: ['https://shop.example/shop'] } },
      /^settings\.origins\.0: an origin has no path/,
    ],
    [{ settings: { protectedUrls: ['checkout'] } }, /^settings\.protectedUrls\.0: begins neither/],
    [{ name: '' }, /^name: expected a text of 1 to 200 characters, got ""$/],
    [{ name: 'a\u0000' }, /^body\.name: contains NUL/],
    [{ status: 'deleted' }, /^status: expected one of active, paused, got "deleted"$/],
  ])('%j is refused by name', async (patch, detail) => {
    const { status, reply } = await api.call<Problem>('PATCH', '', patch)
    expect({ status, code: reply.code }).toEqual({ status: 400, code: 'invalid_request' })
    expect(reply.detail).toMatch(detail)
  })
})

describe('a survey', () => {
  test('goes from draft over live and paused to archived, each version kept', async () => {
    const created = await api.call<Survey>('POST', '/surveys', definition({ key: 'life' }))
    expect(created).toMatchObject({ status: 201, reply: { status: 'draft', version: 0 } })
    const path = `/surveys/${created.reply.id}`
    expect((await api.call<Survey>('POST', `${path}/publish`)).reply).toMatchObject({
      status: 'live',
      version: 1,
    })
    const renamed = await api.call<Survey>('PATCH', path, { name: 'Renamed', purpose: 'Find out' })
    expect(renamed.reply).toMatchObject({ name: 'Renamed', status: 'live', version: 1 })
    expect((await api.call<Survey>('POST', `${path}/publish`)).reply).toMatchObject({ version: 2 })
    expect((await api.call<Survey>('POST', `${path}/pause`)).reply).toMatchObject({ status: 'paused' })
    expect((await api.call<Survey>('POST', `${path}/archive`)).reply).toMatchObject({ status: 'archived' })
    const versions = await api.call<{ data: { version: number; definition: { name: string } }[] }>(
      'GET',
      `${path}/versions`,
    )
    expect(versions.reply.data.map(({ version, definition: { name } }) => [version, name])).toEqual([
      [2, 'Renamed'],
      [1, 'After the order'],
    ])
  })

  test('is found by its key as well as by its id', async () => {
    const { reply } = await api.call<Survey>('POST', '/surveys', definition({ key: 'by-key' }))
    expect((await api.call('GET', '/surveys/by-key')).reply).toEqual(reply)
    expect((await api.call('GET', `/surveys/${reply.id}`)).reply).toEqual(reply)
  })

  test('with a misspelt member is refused by name', async () => {
    await api.call('POST', '/surveys', definition({ key: 'misspelt' }))
    const { status, reply } = await api.call<Problem>('PATCH', '/surveys/misspelt', { nam: 'x' })
    expect({ status, path: reply.detail.split(':', 1)[0] }).toEqual({ status: 400, path: 'nam' })
  })

  test('is replaced as a whole by PUT', async () => {
    const { reply } = await api.call<Survey>('POST', '/surveys', definition({ key: 'whole', purpose: 'Old' }))
    const replaced = await api.call<Survey>('PUT', `/surveys/${reply.id}`, definition({ key: 'whole' }))
    expect(replaced.reply).not.toHaveProperty('purpose')
  })

  test('cannot take the key of another one', async () => {
    await api.call('POST', '/surveys', definition({ key: 'taken' }))
    const again = await api.call<Problem>('POST', '/surveys', definition({ key: 'taken' }))
    expect(again).toMatchObject({ status: 409, reply: { code: 'key_taken' } })
  })

  test('that was never published cannot be paused or resumed', async () => {
    const { reply } = await api.call<Survey>('POST', '/surveys', definition({ key: 'unborn' }))
    for (const action of ['pause', 'resume']) {
      expect(await api.call('POST', `/surveys/${reply.id}/${action}`)).toMatchObject({
        status: 409,
        reply: { code: 'survey_never_published' },
      })
    }
  })

  test('with mistakes stays a draft, and every mistake is named at once', async () => {
    const [question] = definition().questions
    const { reply } = await api.call<Survey>('POST', '/surveys', {
      ...definition({ key: 'wrong', triggers: [{ on: 'click', selector: 'a[' }] }),
      questions: [{ ...question, text: { en: 'Only English' } }],
    })
    const published = await api.call<Problem>('POST', `/surveys/${reply.id}/publish`)
    expect(published).toMatchObject({ status: 422, reply: { code: 'survey_not_publishable' } })
    expect(published.reply.errors?.map(({ path }) => path)).toEqual([
      'questions.0.next.0.go',
      'questions.0.text.ko',
      'triggers.0.selector',
    ])
    expect((await api.call<Survey>('GET', `/surveys/${reply.id}`)).reply).toMatchObject({
      status: 'draft',
      version: 0,
    })
  })

  test('with lists beyond measure is told how long they may be, not what is wrong with each element', async () => {
    const { status, reply } = await api.call<Problem>('POST', '/surveys', {
      ...definition({ key: 'endless' }),
      triggers: Array(20_000).fill({ on: 'exit' }),
      questions: Array(20_000).fill({ kind: 'nps', text: {} }),
    })
    expect(status).toBe(400)
    expect(reply.errors).toEqual([
      { path: 'triggers', message: 'expected a list of 1 to 20 elements, got a list of 20000' },
      { path: 'questions', message: 'expected a list of 1 to 20 elements, got a list of 20000' },
    ])
  })

  test('that is no survey is refused with every wrong place', async () => {
    const { status, reply } = await api.call<Problem>('POST', '/surveys', {
      ...definition(),
      key: 'No',
      colour: 'red',
      questions: [{ key: 'q', kind: 'stars', text: { en: 'x' } }],
    })
    expect(status).toBe(400)
    expect(reply.errors?.map(({ path }) => path)).toEqual(['key', 'questions.0.kind', 'colour'])
  })
})

describe('reports', () => {
  let survey: Survey

  beforeAll(async () => {
    survey = await api.publish({ key: 'reported' })
    const answers: [score: number, device: string, zone: string][] = [
      [10, 'phone', 'Asia/Seoul'],
      [9, 'phone', 'Asia/Seoul'],
      [9, 'desktop', 'Europe/Berlin'],
      [7, 'desktop', 'Europe/Berlin'],
      [3, 'phone', 'Asia/Tokyo'],
    ]
    const items = answers.map(([nps, device, timeZone]) =>
      response(survey, {
        answers: { nps },
        context: { device, timeZone, variant: { exp: nps > 8 ? 'a' : 'b' } },
      }),
    )
    const shown = { type: 'display', id: newResponseId(), surveyId: survey.id, version: 1, state: 'shown' }
    const excluded = response(survey, { answers: { nps: 0 } })
    await api.send([...items, response(survey, { answers: { nps: 0 }, test: true }), excluded, shown])
    await api.call('PATCH', `/responses/${excluded.id}`, { excluded: true })
  })

  test('metrics give the score of scored answers, with interval, counts and n', async () => {
    const { reply } = await api.call<MetricsReport>('GET', '/metrics?survey=reported')
    expect(reply).toMatchObject({
      survey: survey.id,
      question: 'nps',
      metric: 'nps',
      score: 40,
      n: 5,
      confidence: 'none',
      counts: { promoters: 3, passives: 1, detractors: 1 },
      mean: 7.6,
      from: null,
      to: null,
    })
    const [low = 0, high = 0] = reply.interval ?? []
    expect(low).toBeLessThan(40)
    expect(high).toBeGreaterThan(40)
  })

  test('metrics by a dimension, as a series and under a condition', async () => {
    const where = encodeURIComponent(JSON.stringify({ device: 'phone' }))
    const { reply } = await api.call<MetricsReport>(
      'GET',
      `/metrics?survey=${survey.id}&question=nps&metric=nps&by=country&interval=day&timezone=Asia/Seoul&where=${where}`,
    )
    expect(reply.n).toBe(3)
    expect(reply.groups?.map(({ value, n }) => [value, n])).toEqual([
      ['KR', 2],
      ['JP', 1],
    ])
    expect(reply.series).toHaveLength(1)
    expect(reply.series?.[0]).toMatchObject({ n: 3, at: expect.stringMatching(/T15:00:00\.000Z$/) })
    const variants = await api.call<MetricsReport>('GET', '/metrics?survey=reported&by=variant.exp')
    expect(variants.reply.groups?.map(({ value, n }) => [value, n])).toEqual([
      ['a', 3],
      ['b', 2],
    ])
  })

  test('a period without answers has no score', async () => {
    const { reply } = await api.call<MetricsReport>('GET', '/metrics?survey=reported&to=2020-01-01')
    expect(reply).toMatchObject({ score: null, interval: null, n: 0, to: '2020-01-01T00:00:00.000Z' })
  })

  test('the funnel counts displays and answers that have none', async () => {
    const { reply } = await api.call<FunnelReport>('GET', '/funnel?survey=reported&by=device')
    expect(reply.counts).toMatchObject({ shown: 6, seen: 5, answered: 5, completed: 0 })
    expect(reply.responseRate).toMatchObject({ score: 83.3, n: 6 })
    expect(reply.groups?.map(({ value }) => value)).toContain('phone')
  })

  test.each([
    ['/metrics', /^query\.survey: missing/],
    ['/metrics?survey=reported&surveys=x', /^query\.surveys: unknown member/],
    ['/metrics?survey=reported&metric=csat', /no such score; it has nps \(nps\)$/],
    ['/metrics?survey=reported&question=why', /no such score/],
    ['/metrics?survey=reported&interval=year', /^query\.interval: expected one of hour, day, week, month/],
    ['/metrics?survey=reported&interval=day&timezone=Mars/Base', /"Mars\/Base" is not a known time zone/],
    ['/metrics?survey=reported&by=password', /"password" is not a dimension/],
    ['/metrics?survey=reported&where={', /^query\.where: cannot be read as JSON/],
    [
      '/metrics?survey=reported&where={"device":{"$regex":"a"}}',
      /^query\.where\.device\.\$regex: unknown operator/,
    ],
    ['/metrics?survey=reported&where={"shoe":1}', /"shoe" is not a dimension/],
    ['/metrics?survey=reported&from=yesterday', /^query\.from: expected a date/],
    ['/metrics?survey=reported&from=2026-11-22T09:00', /^query\.from: expected a date .* with its zone/],
    ['/metrics?survey=reported&from=2026-02-31', /^query\.from/],
    ['/metrics?survey=reported&from=2026-02-02&to=2026-02-02', /^query\.to: is not after from/],
    ['/metrics?survey=a%00', /^query\.survey: contains NUL/],
    ['/funnel?survey=reported&by=attributes.a', /"attributes\.a" is not a dimension/],
    ['/responses?limit=201', /^query\.limit: expected an integer from 1 to 200, got 201$/],
    ['/responses?limit=ten', /^query\.limit/],
    ['/responses?cursor=abc', /^the cursor is not one/],
    ['/export?format=pdf', /^query\.format: "pdf"/],
  ])('%s is refused by name', async (path, detail) => {
    const { status, reply } = await api.call<Problem>('GET', path)
    expect(status).toBe(400)
    expect(reply.detail).toMatch(detail)
  })

  test('an unknown survey is not an empty report', async () => {
    expect(await api.call('GET', '/metrics?survey=nope')).toMatchObject({
      status: 404,
      reply: { code: 'unknown_survey' },
    })
  })
})

describe('responses', () => {
  test('are listed newest first, page by page, without gaps or repeats', async () => {
    const survey = await api.publish({ key: 'paged' })
    const items = Array.from({ length: 7 }, () => response(survey))
    for (const item of items) await api.send([item])
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const next: string = cursor === null ? '' : `&cursor=${cursor}`
      const page = (await api.call<ResponsePage>('GET', `/responses?survey=paged&limit=3${next}`)).reply
      seen.push(...page.data.map(({ id }) => id))
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(seen).toEqual(items.map(({ id }) => id).reverse())
  })

  test('take tags and a note, and never another answer', async () => {
    const survey = await api.publish({ key: 'noted' })
    const item = response(survey)
    await api.send([item])
    const patched = await api.call<ResponseRecord>('PATCH', `/responses/${item.id}`, {
      tags: ['vip'],
      note: 'Call',
    })
    expect(patched.reply).toMatchObject({ tags: ['vip'], note: 'Call', answers: { nps: 9 } })
    const cleared = await api.call<ResponseRecord>('PATCH', `/responses/${item.id}`, { note: null })
    expect(cleared.reply).toMatchObject({ tags: ['vip'], note: null })
    const refused = await api.call<Problem>('PATCH', `/responses/${item.id}`, { answers: { nps: 10 } })
    expect(refused).toMatchObject({
      status: 400,
      reply: { detail: expect.stringMatching(/^answers: unknown member/) },
    })
  })

  test.each(['0198c6f2-7b1e-7c3a-9d54-3f2a8e6b1c90', 'not-a-uuid'])('%s is not there', async (id) => {
    expect(await api.call('GET', `/responses/${id}`)).toMatchObject({
      status: 404,
      reply: { code: 'unknown_response' },
    })
    expect(await api.call('PATCH', `/responses/${id}`, { note: 'x' })).toMatchObject({ status: 404 })
  })
})
