import type { Problem, ProjectRules, ResponsePage, Survey, SurveyTexts } from '@heed/contract'
import { createProject } from '@heed/db'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Previews } from '../src/previews.ts'
import { definition } from './support/definition.ts'
import { response, startApi, type TestApi } from './support/start-api.ts'

let api: TestApi
let survey: Survey

beforeAll(async () => {
  api = await startApi({ env: { HEED_PUBLIC_URL: 'https://heed.example/base' } })
  survey = await api.publish()
  // What visitors meet and what the link shows are different things.
  await api.call('PATCH', `/surveys/${survey.id}`, { display: { kind: 'modal' }, locales: ['ko'] })
})
afterAll(() => api.close())

interface Link {
  token: string
  url: string
  expiresAt: string
}
const link = async (body?: object) =>
  (await api.call<Link>('POST', '/surveys/after-order/preview', body)).reply
const get = (path: string) => api.app.inject(`/v1/${path}`)
const config = (token: string, key = api.project.publicKey) => get(`config/${key}?preview=${token}`)
const draft = () => ({ id: survey.id, version: 0 })
const previewed = (token: string, items: unknown[]) =>
  api.send(items, { payload: JSON.stringify({ sdk: '1.0.0', items, preview: token }) })

describe('a preview link', () => {
  test('leads to the page it was made for, its own parameters kept', async () => {
    const { url, token, expiresAt } = await link({
      url: 'https://shop.example/cart?a=1#top',
      expiresInMinutes: 10,
    })
    expect(url).toBe(`https://shop.example/cart?a=1&heed=${token}#top`)
    const minutes = (Date.parse(expiresAt) - Date.now()) / 60_000
    expect(minutes).toBeGreaterThan(9)
    expect(minutes).toBeLessThanOrEqual(10)
  })

  test('leads to the survey’s own page when no page is named', async () => {
    const { url, token } = await link()
    expect(url).toBe(`https://heed.example/base/${api.project.publicKey}/s/after-order?heed=${token}`)
    // The loader finds it as it stands in the address.
    expect(encodeURIComponent(token)).toBe(token)
  })

  test('is made for pages only', async () => {
    const made = await api.call<Problem>('POST', `/surveys/${survey.id}/preview`, {
      url: 'javascript:alert(1)',
    })
    expect(made).toMatchObject({ status: 400, reply: { code: 'invalid_request' } })
  })

  test('shows the draft alone, as it stands, and nobody keeps it', async () => {
    const other = await api.publish({ key: 'other' })
    const reply = await config((await link()).token)
    expect(reply.headers['cache-control']).toBe('no-store')
    expect(reply.json<ProjectRules>().surveys).toMatchObject([
      { id: survey.id, version: 0, display: { kind: 'modal' }, parts: ['surfaces'] },
    ])
    await api.call('POST', `/surveys/${other.id}/archive`)
  })

  test('has its words', async () => {
    const { token } = await link()
    const texts = await get(`surveys/${api.project.publicKey}/${survey.id}/0/ko?v=1.2.3&preview=${token}`)
    expect(texts.headers['cache-control']).toBe('no-store')
    expect(texts.json<SurveyTexts>()).toMatchObject({ version: 0, locale: 'ko' })
    const english = await get(`surveys/${api.project.publicKey}/${survey.id}/0/en?preview=${token}`)
    expect(english.json<Problem>()).toMatchObject({ status: 404, code: 'unknown_locale' })
    const without = await get(`surveys/${api.project.publicKey}/${survey.id}/0/ko`)
    expect(without.json<Problem>()).toMatchObject({ status: 404, code: 'unknown_version' })
  })

  test('opens no other survey, no other project, and nothing once it was changed or has expired', async () => {
    const { token } = await link()
    const other = await createProject(api.db, { name: 'Other' })
    const expired = await api.app.services.previews.sign(api.project.id, survey.id, Date.now() - 2_000)
    const last = token.at(-1) === 'A' ? 'B' : 'A'
    const cases: [path: string, code: string][] = [
      [`config/${api.project.publicKey}?preview=${token.slice(0, -1)}${last}`, 'invalid_preview'],
      [`config/${api.project.publicKey}?preview=${token.replace('srv_', 'srv_0')}`, 'invalid_preview'],
      [`config/${api.project.publicKey}?preview=`, 'invalid_preview'],
      [`config/${other.project.publicKey}?preview=${token}`, 'invalid_preview'],
      [`surveys/${api.project.publicKey}/srv_000000000000/0/ko?preview=${token}`, 'invalid_preview'],
      [`config/${api.project.publicKey}?preview=${expired}`, 'expired_preview'],
    ]
    for (const [path, code] of cases) {
      expect((await get(path)).json<Problem>()).toMatchObject({ status: 403, code })
    }
  })

  test('of one process is taken by another, with a secret of the environment and without one', async () => {
    const expiresMs = Date.now() + 60_000
    for (const config of [{}, { secret: 's'.repeat(32) }]) {
      const [one, other] = [
        new Previews(api.app.services.connections, config),
        new Previews(api.app.services.connections, config),
      ]
      const token = await one.sign(api.project.id, survey.id, expiresMs)
      expect(await other.read(api.project.id, token)).toMatchObject({ surveyId: survey.id })
    }
    const foreign = await new Previews(api.app.services.connections, { secret: 'x'.repeat(32) }).sign(
      api.project.id,
      survey.id,
      expiresMs,
    )
    expect((await config(foreign)).json<Problem>()).toMatchObject({ code: 'invalid_preview' })
  })
})

describe('what is sent from a preview', () => {
  test('is checked against the draft and stored as a test, whatever it says of itself', async () => {
    const { token } = await link()
    const answer = response(draft(), { test: false })
    const wrong = response(draft(), { answers: { gone: 1 } })
    const shown = { type: 'display', id: answer.id, surveyId: survey.id, version: 0, state: 'shown' }
    const { reply } = await previewed(token, [answer, shown, wrong, response(survey)])
    expect(reply.items).toMatchObject([
      { status: 'stored' },
      { status: 'stored' },
      { status: 'refused', code: 'unknown_question' },
      { status: 'stored' },
    ])
    const tests = await api.call<ResponsePage>('GET', '/responses?test=true')
    expect(tests.reply.data).toHaveLength(2)
    expect(tests.reply.data.every((one) => one.test)).toBe(true)
  })

  test('counts nowhere', async () => {
    const real = await api.call<ResponsePage>('GET', '/responses')
    expect(real.reply.data).toEqual([])
    expect((await api.call('GET', `/metrics?survey=${survey.id}`)).reply).toMatchObject({ n: 0 })
    expect((await api.call('GET', `/funnel?survey=${survey.id}`)).reply).toMatchObject({
      counts: { shown: 0, answered: 0 },
    })
    const csv = await api.call<string>('GET', `/export?survey=${survey.id}`)
    expect(csv.reply.trim().split('\r\n')).toHaveLength(1)
  })

  test('can be deleted at once, and nothing else can', async () => {
    const kept = response(survey)
    await api.send([kept])
    const remove = (query: string) => api.call('DELETE', `/responses?${query}`)
    for (const query of ['', 'test=true', `survey=${survey.id}`, `survey=${survey.id}&test=false`]) {
      expect(await remove(query)).toMatchObject({ status: 400 })
    }
    expect(await remove('survey=after-order&test=true')).toMatchObject({ status: 200, reply: { deleted: 2 } })
    expect((await api.call<ResponsePage>('GET', '/responses?test=true')).reply.data).toEqual([])
    expect((await api.call<ResponsePage>('GET', '/responses')).reply.data).toMatchObject([{ id: kept.id }])
  })

  test('needs the link: the draft takes no answers without it', async () => {
    const { reply } = await api.send([response(draft())])
    expect(reply.items).toMatchObject([{ status: 'refused', code: 'unknown_version' }])
    const wrong = await previewed('wrong', [response(draft())])
    expect(wrong).toMatchObject({ status: 403, reply: { code: 'invalid_preview' } })
    const other = await api.call<Survey>('POST', '/surveys', definition({ key: 'another-draft' }))
    const { token } = await link()
    const elsewhere = await previewed(token, [response({ id: other.reply.id, version: 0 })])
    expect(elsewhere.reply.items).toMatchObject([{ status: 'refused', code: 'unknown_version' }])
  })
})
