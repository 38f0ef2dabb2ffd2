import { Readable } from 'node:stream'
import { maxBodyBytes, type Problem, type Survey } from '@heed/contract'
import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { response, startApi, type TestApi } from './support/start-api.ts'

let api: TestApi
let survey: Survey

beforeAll(async () => {
  api = await startApi({ settings: { origins: ['https://*.shop.example', 'http://localhost:*'] } })
  survey = await api.publish()
})
afterAll(() => api.close())

async function post(options: InjectOptions) {
  const reply = await api.app.inject({
    method: 'POST',
    url: `/v1/ingest/${api.project.publicKey}`,
    payload: JSON.stringify({ sdk: '1', items: [response(survey)] }),
    ...options,
    headers: { 'content-type': 'text/plain', ...options.headers },
  })
  return { status: reply.statusCode, headers: reply.headers, problem: reply.json<Problem>() }
}

describe('a request that is refused as a whole', () => {
  const cases: [name: string, options: InjectOptions, status: number, code: string, detail: RegExp][] = [
    ['a wrong key', { url: '/v1/ingest/pk_wrong' }, 401, 'unknown_key', /^publicKey/],
    [
      'a foreign origin',
      { headers: { origin: 'https://evil.example' } },
      403,
      'origin_not_allowed',
      /evil\.example/,
    ],
    [
      'an origin that only looks right',
      { headers: { origin: 'https://shop.example.evil.example' } },
      403,
      'origin_not_allowed',
      /^origin/,
    ],
    ['a sandboxed page', { headers: { origin: 'null' } }, 403, 'origin_not_allowed', /^origin/],
    ['a body of 70 kB', { payload: 'x'.repeat(70_000) }, 413, 'body_too_large', /65536 bytes/],
    ['malformed JSON', { payload: '{"sdk":' }, 400, 'malformed_json', /^body/],
    ['no body', { payload: '' }, 400, 'malformed_json', /empty/],
    [
      'a poisoned prototype',
      { payload: '{"sdk":"1","items":[{"__proto__":{"a":1}}]}' },
      400,
      'malformed_json',
      /^body/,
    ],
    [
      'another content type',
      { headers: { 'content-type': 'application/xml' } },
      415,
      'unsupported_media_type',
      /^content-type/,
    ],
    [
      'a form',
      { headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      415,
      'unsupported_media_type',
      /^content-type/,
    ],
    [
      'no items',
      { payload: '{"sdk":"1","items":[]}' },
      400,
      'invalid_request',
      /^items: expected a list of 1 to 100/,
    ],
    [
      '101 items',
      { payload: JSON.stringify({ sdk: '1', items: Array(101).fill(1) }) },
      400,
      'invalid_request',
      /^items/,
    ],
    [
      'items as text',
      { payload: '{"sdk":"1","items":"x"}' },
      400,
      'invalid_request',
      /^items: expected a list/,
    ],
    ['no sdk', { payload: '{"items":[1]}' }, 400, 'invalid_request', /^sdk: missing/],
    ['a list', { payload: '[]' }, 400, 'invalid_request', /expected an object/],
    ['null', { payload: 'null' }, 400, 'invalid_request', /expected an object/],
    [
      'a number as sdk, which is not made a text',
      { payload: '{"sdk":12,"items":[1]}' },
      400,
      'invalid_request',
      /^sdk: expected a text/,
    ],
  ]

  test.each(cases)('%s', async (_name, options, status, code, detail) => {
    const reply = await post(options)
    expect(reply.problem).toMatchObject({ status, code, detail: expect.stringMatching(detail) })
    expect(reply.status).toBe(status)
    expect(reply.headers['content-type']).toMatch(/^application\/problem\+json/)
    // A page must be able to read why, or it would keep and resend the answer for ever.
    expect(reply.headers['access-control-allow-origin']).toBe('*')
  })

  test('a body of 70 kB that does not say its size', async () => {
    const reply = await post({ payload: Readable.from(['x'.repeat(35_000), 'x'.repeat(35_000)]) })
    expect(reply).toMatchObject({ status: 413, problem: { code: 'body_too_large' } })
  })

  test('a paused project', async () => {
    const paused = await startApi()
    try {
      const theirs = await paused.publish()
      await paused.call('PATCH', '', { status: 'paused' })
      const reply = await paused.send([response(theirs)])
      expect(reply).toMatchObject({ status: 403, reply: { code: 'project_paused' } })
      await paused.call('PATCH', '', { status: 'active' })
      expect(await paused.send([response(theirs)])).toMatchObject({ status: 200 })
    } finally {
      await paused.close()
    }
  })
})

describe('a request that is taken', () => {
  test.each([
    ['https://www.shop.example'],
    ['https://kr.www.shop.example'],
    ['http://localhost:5173'],
    ['HTTPS://WWW.SHOP.EXAMPLE'],
  ])('from %s', async (origin) => {
    const reply = await post({ headers: { origin } })
    expect(reply.status).toBe(200)
    expect(reply.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'retry-after',
      'cross-origin-resource-policy': 'cross-origin',
      'timing-allow-origin': '*',
    })
    expect(reply.headers).not.toHaveProperty('set-cookie')
    expect(reply.headers).not.toHaveProperty('access-control-allow-credentials')
  })

  test('from a server, which sends no origin', async () => {
    expect(await post({})).toMatchObject({ status: 200 })
  })

  test.each(['text/plain', 'text/plain;charset=UTF-8', 'application/json'])('as %s', async (type) => {
    expect(await post({ headers: { 'content-type': type } })).toMatchObject({ status: 200 })
  })

  test('of exactly the largest size', async () => {
    const bare = JSON.stringify({ sdk: '1', items: [response(survey)], padding: '' })
    const payload = bare.replace('"padding":""', `"padding":"${'x'.repeat(maxBodyBytes - bare.length)}"`)
    expect(payload).toHaveLength(maxBodyBytes)
    expect(await post({ payload })).toMatchObject({ status: 200 })
    expect(await post({ payload: `${payload} ` })).toMatchObject({ status: 413 })
  })
})

describe('the preflight', () => {
  const preflight = (url: string) =>
    api.app.inject({
      method: 'OPTIONS',
      url,
      headers: { origin: 'https://anything.example', 'access-control-request-method': 'POST' },
    })

  test('is answered for ingest and remembered for a day', async () => {
    const reply = await preflight(`/v1/ingest/${api.project.publicKey}`)
    expect(reply.statusCode).toBe(204)
    expect(reply.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-headers': 'content-type',
      'access-control-max-age': '86400',
    })
  })

  test('is not answered for management: no page may call it', async () => {
    const reply = await preflight(`/v1/projects/${api.project.id}`)
    expect(reply.statusCode).toBe(405)
    expect(reply.headers).not.toHaveProperty('access-control-allow-origin')
  })
})

describe('the country', () => {
  async function countryOf(env: Record<string, string>, headers: Record<string, string>) {
    const own = await startApi({ env })
    try {
      const theirs = await own.publish()
      const item = response(theirs, { context: { timeZone: 'Europe/Berlin' } })
      await own.send([item], { headers })
      const { reply } = await own.call<{ country: string; context: object }>('GET', `/responses/${item.id}`)
      return reply.country
    } finally {
      await own.close()
    }
  }

  test('comes from the header of a trusted proxy', async () => {
    const env = { HEED_COUNTRY_HEADER: 'cf-ipcountry', HEED_TRUST_PROXY: '127.0.0.0/8' }
    expect(await countryOf(env, { 'cf-ipcountry': 'kr' })).toBe('KR')
  })

  test('comes from the time zone when the header says it does not know', async () => {
    const env = { HEED_COUNTRY_HEADER: 'cf-ipcountry', HEED_TRUST_PROXY: '127.0.0.0/8' }
    expect(await countryOf(env, { 'cf-ipcountry': 'XX' })).toBe('DE')
  })

  test('does not come from a header that anybody could have sent', async () => {
    const env = { HEED_COUNTRY_HEADER: 'cf-ipcountry', HEED_TRUST_PROXY: '10.0.0.0/8' }
    expect(await countryOf(env, { 'cf-ipcountry': 'KR' })).toBe('DE')
  })
})
