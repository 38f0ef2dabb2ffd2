import { maxItems, type Problem, type Survey } from '@heed/contract'
import { addUsage, createProject, createSecretKey, newSecretKey } from '@heed/db'
import { startTcpProxy, type TcpProxy } from '@heed/test-stack/faults'
import type { InjectOptions } from 'fastify'
import { afterEach, describe, expect, test } from 'vitest'
import { importSurvey } from '../src/publish/import-survey.ts'
import { definition } from './support/definition.ts'
import { newResponseId, response, startApi, type TestApi, type TestApiOptions } from './support/start-api.ts'

let api: TestApi
let survey: Survey

async function start(env: Record<string, string>, options: TestApiOptions = {}): Promise<void> {
  api = await startApi({ env, ...options })
  survey = await api.publish()
}
afterEach(() => api.close())

async function post(options: InjectOptions = {}, items: unknown[] = [response(survey)]) {
  const reply = await api.app.inject({
    method: 'POST',
    url: `/v1/ingest/${api.project.publicKey}`,
    payload: JSON.stringify({ sdk: '1', items }),
    remoteAddress: '203.0.113.7',
    ...options,
    headers: { 'content-type': 'text/plain', ...options.headers },
  })
  return { status: reply.statusCode, headers: reply.headers, problem: reply.json<Problem>() }
}

async function statuses(count: number, optionsOf: (n: number) => InjectOptions): Promise<number[]> {
  const replies: number[] = []
  for (let n = 0; n < count; n += 1) replies.push((await post(optionsOf(n))).status)
  return replies
}

const limited = async (reason: string): Promise<number> => {
  const { values } = await api.app.services.meters.limited.get()
  return values.find(({ labels }) => labels.reason === reason)?.value ?? 0
}

describe('one address', () => {
  test('is told when to come back, in words that a page can read', async () => {
    await start({ HEED_LIMIT_ADDRESS: '2/60' })
    expect(await statuses(2, () => ({}))).toEqual([200, 200])
    const refused = await post()
    expect(refused).toMatchObject({
      status: 429,
      problem: { code: 'rate_limited', detail: expect.stringMatching(/^address/) },
      headers: {
        'content-type': 'application/problem+json; charset=utf-8',
        'ratelimit-policy': '"address";q=2;w=60',
        ratelimit: '"address";r=0;t=30',
        'access-control-allow-origin': '*',
        'access-control-expose-headers': expect.stringMatching(/retry-after/),
      },
    })
    const retryAfter = Number(refused.headers['retry-after'])
    expect(retryAfter).toBeGreaterThanOrEqual(30)
    expect(retryAfter).toBeLessThanOrEqual(36)
    expect(await limited('address')).toBe(1)
    expect((await post({ remoteAddress: '203.0.113.8' })).status).toBe(200)
  })

  test('cannot be another by saying so', async () => {
    await start({ HEED_LIMIT_ADDRESS: '3/60' })
    const forged = (n: number) => ({
      headers: {
        'x-forwarded-for': `198.51.100.${n}, 127.0.0.1`,
        forwarded: `for=198.51.100.${n}`,
        'x-real-ip': `198.51.100.${n}`,
        'cf-connecting-ip': `198.51.100.${n}`,
      },
    })
    expect(await statuses(5, forged)).toEqual([200, 200, 200, 429, 429])
    expect(api.log.join('')).toContain('HEED_TRUST_PROXY')
    expect(api.log.join('')).not.toMatch(/203\.0\.113|198\.51\.100/)
  })

  test('tries a few unknown secret keys, and then keys of others are looked up all the same', async () => {
    await start({ HEED_LIMIT_ADDRESS: '1000/60' })
    const ask = async (key: string, remoteAddress: string) => {
      const headers = { authorization: `Bearer ${key}` }
      return (await api.app.inject({ url: `/v1/projects/${api.project.id}`, remoteAddress, headers }))
        .statusCode
    }
    const scanned: number[] = []
    for (let n = 0; n < 130; n += 1) scanned.push(await ask(newSecretKey(), '203.0.113.7'))
    expect(scanned.slice(0, 120)).toEqual(Array(120).fill(401))
    expect(scanned.at(-1)).toBe(429)
    expect(await limited('keys')).toBeGreaterThan(0)
    const { secretKey } = await createSecretKey(api.db, api.project.id, { name: 'new', scopes: ['read'] })
    expect(await ask(secretKey, '203.0.113.8')).toBe(200)
  })

  test('is the last that a named proxy saw, whatever stands before it', async () => {
    await start({ HEED_LIMIT_ADDRESS: '3/60', HEED_TRUST_PROXY: '10.0.0.0/8' })
    const through = (n: number, client: string) => ({
      remoteAddress: '10.0.0.1',
      headers: { 'x-forwarded-for': `198.51.100.${n}, ${client}, 10.0.0.2` },
    })
    expect(await statuses(4, (n) => through(n, '203.0.113.9'))).toEqual([200, 200, 200, 429])
    expect(await statuses(1, (n) => through(n, '203.0.113.10'))).toEqual([200])
    expect(await statuses(2, (n) => ({ ...through(n, '203.0.113.9'), remoteAddress: '192.0.2.1' }))).toEqual([
      200, 200,
    ])
  })

  test('is a whole /64 of IPv6', async () => {
    await start({ HEED_LIMIT_ADDRESS: '3/60' })
    expect(await statuses(4, (n) => ({ remoteAddress: `2001:db8:1:2::${n + 1}` }))).toEqual([
      200, 200, 200, 429,
    ])
    expect(await statuses(1, () => ({ remoteAddress: '2001:db8:1:3::1' }))).toEqual([200])
  })

  test('is limited for scripts, rules and pages too, apart from answers', async () => {
    await start({ HEED_LIMIT_PUBLIC: '2/60' })
    const get = async (url: string) => {
      const reply = await api.app.inject({ url, remoteAddress: '203.0.113.7' })
      return reply.statusCode
    }
    expect(await get(`/${api.project.publicKey}/heed.js`)).toBe(200)
    expect(await get(`/v1/config/${api.project.publicKey}`)).toBe(200)
    expect(await get('/heed.js')).toBe(429)
    expect(await get(`/s/${survey.key}`)).toBe(429)
    expect(await limited('public')).toBe(2)
    expect((await post()).status).toBe(200)
    expect(await get('/livez')).toBe(200)
  })

  test('is refused before anything is asked of the database', async () => {
    let proxy: TcpProxy | undefined
    await start(
      { HEED_LIMIT_ADDRESS: '1/60' },
      {
        through: async (url) => {
          proxy = await startTcpProxy(url)
          return proxy.url
        },
      },
    )
    await post()
    proxy?.loseReplies()
    const startedMs = performance.now()
    const known = await post()
    const unknown = await post({
      url: `/v1/ingest/${(await createProject(api.db, { name: 'x' })).project.publicKey}`,
    })
    expect([known.status, unknown.status]).toEqual([429, 429])
    expect(performance.now() - startedMs).toBeLessThan(500)
    await proxy?.restore()
    proxy?.cut()
    await proxy?.close()
  })
})

describe('one visitor', () => {
  test('is limited, others and the unnamed are not', async () => {
    await start({ HEED_LIMIT_VISITOR: '3/60' })
    const of = (visitor: string | null, count = 1) =>
      Array.from({ length: count }, () => response(survey, { visitor }))
    expect((await post({}, of('v1', 3))).status).toBe(200)
    expect(await post({}, of('v1'))).toMatchObject({
      status: 429,
      headers: { 'ratelimit-policy': '"visitor";q=3;w=60' },
    })
    expect((await post({}, of('v2', 3))).status).toBe(200)
    expect((await post({}, of(null, 20))).status).toBe(200)
    expect(await limited('visitor')).toBe(1)
  })
})

describe('one project', () => {
  async function another(): Promise<{ url: string; survey: Pick<Survey, 'id' | 'version'> }> {
    const { project } = await createProject(api.db, { name: 'Another' })
    const { id } = await importSurvey(api.db, project.id, definition(), { publish: true })
    return { url: `/v1/ingest/${project.publicKey}`, survey: { id, version: 1 } }
  }

  test('is limited, others are not', async () => {
    await start({ HEED_LIMIT_PROJECT: '3/60' })
    const other = await another()
    expect(await statuses(4, () => ({}))).toEqual([200, 200, 200, 429])
    expect((await post({ url: other.url }, [response(other.survey)])).status).toBe(200)
    expect(await limited('project')).toBe(1)
  })

  test('loses nothing to an address that is refused', async () => {
    await start({ HEED_LIMIT_PROJECT: '10/3600', HEED_LIMIT_ADDRESS: '3/60' })
    expect((await statuses(50, () => ({}))).filter((status) => status === 200)).toHaveLength(3)
    expect((await post({ remoteAddress: '203.0.113.8' })).status).toBe(200)
  })

  test('stores so many rows in a day, through every process', async () => {
    await start({ HEED_QUOTA_ROWS: '5' })
    const { quotas } = api.app.services
    await post({}, [response(survey), response(survey), response(survey)])
    await addUsage(api.db, [{ projectId: api.project.id, rows: 1, bytes: 1000 }])
    await quotas.flush()
    const repeated = response(survey)
    expect((await post({}, [repeated])).status).toBe(200)
    const refused = await post()
    expect(refused).toMatchObject({
      status: 429,
      problem: { code: 'quota_exceeded' },
      headers: { 'ratelimit-policy': '"rows";q=5;w=86400;qu="rows"' },
    })
    expect(await limited('quota_rows')).toBe(1)
    await quotas.flush()
    expect(await api.db.selectFrom('project_usage').select(['rows']).execute()).toEqual([{ rows: '5' }])
  })

  test('pays nothing of its quota for what was there already', async () => {
    await start({ HEED_QUOTA_ROWS: '2' })
    const item = response(survey)
    for (let n = 0; n < 5; n += 1) expect((await post({}, [item])).status).toBe(200)
  })

  test('that sends far beyond its share waits and is refused alone', async () => {
    await start({})
    const calm = await another()
    await post({ url: calm.url }, [response(calm.survey)])
    const order: string[] = []
    const displays = () =>
      Array.from({ length: maxItems }, () => ({
        type: 'display',
        id: newResponseId(),
        surveyId: survey.id,
        version: survey.version,
        state: 'shown',
        ageMs: 1,
      }))
    const busy = Array.from({ length: 220 }, async () => {
      const reply = await post({}, displays())
      order.push(reply.status === 200 ? 'busy' : 'refused')
      return reply
    })
    const few = Array.from({ length: 3 }, async () => {
      const reply = await post({ url: calm.url }, [response(calm.survey)])
      order.push('calm')
      return reply
    })
    const calmReplies = await Promise.all(few)
    const busyReplies = await Promise.all(busy)
    expect(calmReplies.map(({ status }) => status)).toEqual([200, 200, 200])
    const stored = order.filter((one) => one !== 'refused')
    expect(stored.lastIndexOf('calm')).toBeLessThan(stored.length / 2)
    const refused = busyReplies.find(({ status }) => status === 503)
    expect(refused).toMatchObject({
      problem: { code: 'overloaded' },
      headers: {
        'ratelimit-policy': expect.stringMatching(/^"queue";q=\d+;qu="rows"$/),
        ratelimit: expect.stringMatching(/^"queue";r=0;t=\d+$/),
        'retry-after': expect.stringMatching(/^[1-9]$/),
      },
    })
    expect(await limited('queue')).toBe(busyReplies.filter(({ status }) => status === 503).length)
  })
})
