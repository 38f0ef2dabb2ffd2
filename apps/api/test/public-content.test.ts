import { runInNewContext } from 'node:vm'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import type { Problem, ProjectRules, Survey, SurveyTexts } from '@heed/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { assets, startApi, type TestApi } from './support/start-api.ts'

let api: TestApi
let survey: Survey

beforeAll(async () => {
  api = await startApi({ settings: { cooldownDays: 7 } })
  survey = await api.publish()
})
afterAll(() => api.close())

const get = (url: string, headers: Record<string, string> = {}) => api.app.inject({ url, headers })
const loader = (headers?: Record<string, string>) => get(`/${api.project.publicKey}/heed.js`, headers)

/** What a page has after it ran the script. */
function run(script: string): { rules: ProjectRules | null; lines: string[] } {
  const lines: string[] = []
  const page = { console: { warn: (line: string) => lines.push(line) }, rules: null }
  runInNewContext(script, page)
  return { rules: page.rules, lines }
}

describe('the loader of a project', () => {
  test('runs with the rules of its live surveys inlined, defaults and texts left out', async () => {
    const reply = await loader()
    expect(reply.statusCode).toBe(200)
    expect(reply.headers['content-type']).toBe('text/javascript; charset=utf-8')
    expect(run(reply.body)).toEqual({
      lines: [],
      rules: {
        cooldownDays: 7,
        ticket: expect.any(String),
        surveys: [
          {
            id: survey.id,
            version: 1,
            key: 'after-order',
            triggers: [{ on: 'event', name: 'purchase', where: { value: { $gte: 50 } } }],
            locales: ['en', 'ko'],
          },
        ],
      },
    })
  })

  test('may be kept by browsers and caches, and outlives an outage there', async () => {
    const { headers } = await loader()
    expect(headers['cache-control']).toBe(
      'public, max-age=300, stale-while-revalidate=86400, stale-if-error=604800',
    )
    expect(headers).toMatchObject({
      vary: 'accept-encoding',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'timing-allow-origin': '*',
    })
    expect(headers).not.toHaveProperty('set-cookie')
  })

  test('comes in brotli, else gzip, else as it is', async () => {
    const plain = await loader()
    const brotli = await loader({ 'accept-encoding': 'gzip, deflate, br, zstd' })
    const gzip = await loader({ 'accept-encoding': 'gzip, br;q=0' })
    expect(plain.headers).not.toHaveProperty('content-encoding')
    expect(brotli.headers['content-encoding']).toBe('br')
    expect(gzip.headers['content-encoding']).toBe('gzip')
    expect(brotliDecompressSync(brotli.rawPayload).toString()).toBe(plain.body)
    expect(gunzipSync(gzip.rawPayload).toString()).toBe(plain.body)
  })

  test('is sent at once to whoever asks with a header that is nearly all spaces', async () => {
    // A pattern that tries each run of spaces from all its places would take an hour.
    const { statusCode, headers } = await loader({ 'accept-encoding': `gzip;${' '.repeat(1_000_000)}x=1` })
    expect(statusCode).toBe(200)
    expect(headers['content-encoding']).toBe('gzip')
  })

  test('is not sent again to whoever has it', async () => {
    const { headers } = await loader()
    const etag = String(headers.etag)
    for (const known of [etag, etag.replace('W/', ''), `"other", ${etag}`, '*']) {
      const again = await loader({ 'if-none-match': known })
      expect(again.statusCode).toBe(304)
      expect(again.body).toBe('')
      expect(again.headers.etag).toBe(etag)
    }
    expect((await loader({ 'if-none-match': '"other"' })).statusCode).toBe(200)
  })

  test('changes, tag and all, when a survey is published or paused', async () => {
    const before = await loader()
    const added = await api.publish({ key: 'added' })
    const during = await loader()
    await api.call('POST', `/surveys/${added.id}/pause`)
    const after = await loader()
    expect(run(during.body).rules?.surveys).toHaveLength(2)
    expect(during.headers.etag).not.toBe(before.headers.etag)
    expect(after.headers.etag).toBe(before.headers.etag)
  })

  test('holds no way out of a script element', async () => {
    const hostile = await api.publish({ key: 'hostile', audience: { 'attributes.a': '</script><!--\u2028' } })
    const { body } = await loader()
    expect(body).not.toMatch(/<\/script|<!--|\u2028/)
    expect(run(body).rules?.surveys.at(-1)?.audience).toEqual({ 'attributes.a': '</script><!--\u2028' })
    await api.call('POST', `/surveys/${hostile.id}/archive`)
  })

  test('of a paused project runs and shows nothing', async () => {
    await api.call('PATCH', '', { status: 'paused' })
    expect(run((await loader()).body)).toEqual({ rules: { surveys: [] }, lines: [] })
    await api.call('PATCH', '', { status: 'active' })
  })

  test('behind a wrong key still runs, and says so in one line of the console', async () => {
    const reply = await get('/pk_wrong/heed.js')
    expect(reply.statusCode).toBe(200)
    expect(reply.headers['cache-control']).toBe('public, max-age=60')
    const { rules, lines } = run(reply.body)
    expect(rules).toEqual({ surveys: [] })
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(/^Heed: no project has the key/)
  })
})

describe('the plain loader and its parts', () => {
  test('the loader without rules is the built file', async () => {
    expect((await get('/heed.js')).body).toBe(assets.loader)
  })

  test('a part never changes', async () => {
    const reply = await get('/heed/1.2.3/panel-0a1b2c.js', { 'accept-encoding': 'br' })
    expect(reply.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect(reply.headers['access-control-allow-origin']).toBe('*')
    expect(brotliDecompressSync(reply.rawPayload).toString()).toBe('export const open = 1')
  })

  test.each(['/heed/1.2.2/panel-0a1b2c.js', '/heed/1.2.3/other.js', '/heed/1.2.3/..%2f..%2fpackage.json'])(
    '%s is not there',
    async (url) => {
      expect((await get(url)).statusCode).toBe(404)
    },
  )
})

describe('the rules as JSON', () => {
  test('are the ones that the loader carries', async () => {
    const reply = await get(`/v1/config/${api.project.publicKey}`)
    expect(reply.json()).toEqual(run((await loader()).body).rules)
    expect(reply.headers['cache-control']).toMatch(/^public, max-age=60/)
    expect(reply.headers['access-control-allow-origin']).toBe('*')
  })

  test('are not sent again to whoever has them', async () => {
    const { headers } = await get(`/v1/config/${api.project.publicKey}`)
    const again = await get(`/v1/config/${api.project.publicKey}`, { 'if-none-match': String(headers.etag) })
    expect(again.statusCode).toBe(304)
  })

  test('a wrong key is a problem that a page can read', async () => {
    const reply = await get('/v1/config/pk_wrong')
    expect(reply.json<Problem>()).toMatchObject({ status: 401, code: 'unknown_key' })
    expect(reply.headers['access-control-allow-origin']).toBe('*')
  })
})

describe('the rules of a project', () => {
  test('say what may be collected, whose events are translated, and what each surface needs', async () => {
    await api.call('PATCH', '', { settings: { collect: ['title'], adapters: ['shopify'] } })
    const selector = '#reviews'
    const added = [
      await api.publish({ key: 'a-inline', display: { kind: 'inline', selector } }),
      await api.publish({ key: 'b-button', display: { kind: 'button' }, frequency: 'once' }),
      await api.publish({ key: 'c-page', display: { kind: 'page' }, triggers: [{ on: 'page' }] }),
    ]
    const { surveys, ...project } = (await get(`/v1/config/${api.project.publicKey}`)).json<ProjectRules>()
    expect(project).toMatchObject({ collect: ['title'], adapters: ['shopify'] })
    const told = surveys.map(({ key, display, parts, frequency }) => ({ key, display, parts, frequency }))
    expect(told).toEqual(
      expect.arrayContaining([
        {
          key: 'a-inline',
          display: { kind: 'inline', selector },
          parts: ['surfaces'],
          frequency: 'untilAnswered',
        },
        { key: 'b-button', display: { kind: 'button' }, parts: ['surfaces'] },
        { key: 'c-page', display: { kind: 'page' }, parts: ['more', 'surfaces'], frequency: 'always' },
      ]),
    )
    // A survey with a page of its own comes up on no page of the shop.
    expect(surveys.find(({ key }) => key === 'c-page')?.triggers).toEqual([{ on: 'manual' }])
    for (const { id } of added) await api.call('POST', `/surveys/${id}/archive`)
    await api.call('PATCH', '', { settings: { collect: [], adapters: [] } })
  })
})

describe('the texts of a survey', () => {
  const texts = (path: string) => get(`/v1/surveys/${api.project.publicKey}/${path}`)

  test('come in one language, the built-in words filled in', async () => {
    const reply = await texts(`${survey.id}/1/ko`)
    expect(reply.json<SurveyTexts>()).toMatchObject({
      id: survey.id,
      version: 1,
      locale: 'ko',
      dir: 'ltr',
      questions: [
        {
          key: 'nps',
          kind: 'nps',
          text: '추천하시겠어요?',
          labels: [expect.any(String), expect.any(String)],
          next: { '*': 'why', '7': 'end', '10': 'end', '': 'end' },
        },
        { key: 'why', kind: 'text', text: '무엇이 아쉬웠나요?', maxLength: 200 },
      ],
      ending: expect.any(String),
      ui: { close: expect.any(String), send: expect.any(String) },
    })
    expect(reply.body).not.toContain('How likely')
  })

  test('never change for the version of the widget that the address names', async () => {
    const named = await texts(`${survey.id}/1/ko?v=${assets.version}`)
    const other = await texts(`${survey.id}/1/ko?v=0.9.0`)
    const unnamed = await texts(`${survey.id}/1/ko`)
    expect(named.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect(other.headers['cache-control']).toBe('public, max-age=300')
    expect(unnamed.headers['cache-control']).toBe('public, max-age=300')
  })

  test('are those of the published version, not of the draft', async () => {
    const edited = await api.publish({ key: 'edited' })
    const [question] = survey.questions
    await api.call('PATCH', `/surveys/${edited.id}`, {
      questions: [{ ...question, text: { en: 'A draft?', ko: '초안?' } }],
    })
    expect((await texts(`${edited.id}/1/en`)).body).not.toContain('A draft?')
  })

  test.each([
    ['another language', () => `${survey.id}/1/fr`, 404, 'unknown_locale'],
    ['another version', () => `${survey.id}/9/en`, 404, 'unknown_version'],
    ['another survey', () => 'srv_000000000000/1/en', 404, 'unknown_survey'],
    ['a version that is none', () => `${survey.id}/latest/en`, 400, 'invalid_request'],
    ['a language that is none', () => `${survey.id}/1/..`, 404, 'not_found'],
  ])('%s is a problem', async (_name, path, status, code) => {
    const reply = await texts(path())
    expect(reply.json<Problem>()).toMatchObject({ status, code })
  })

  test('are read from right to left in Arabic and Hebrew, built-in words or not', async () => {
    const [question] = survey.questions
    const published = await api.publish({
      key: 'rtl',
      locales: ['ar', 'he'],
      questions: [{ key: 'g', kind: 'gcr', text: { ar: 'أ', he: 'א' } }],
    })
    expect(question).toBeDefined()
    const [arabic, hebrew] = await Promise.all([texts(`${published.id}/1/ar`), texts(`${published.id}/1/he`)])
    expect(arabic?.json()).toMatchObject({
      dir: 'rtl',
      questions: [{ options: [{ key: 'yes' }, { key: 'partly' }, { key: 'no' }] }],
    })
    expect(hebrew?.json()).toMatchObject({ dir: 'rtl' })
  })
})
