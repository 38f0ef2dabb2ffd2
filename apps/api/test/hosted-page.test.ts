import { runInNewContext } from 'node:vm'
import type { ProjectSettings, Survey, SurveyDefinition } from '@heed/contract'
import { createProject } from '@heed/db'
import { visitorTexts } from '@heed/widget/locales'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { acceptedLanguages } from '../src/content/accepted-languages.ts'
import { linkAnswers } from '../src/content/link-answers.ts'
import { importSurvey } from '../src/publish/import-survey.ts'
import { definition } from './support/definition.ts'
import { response, startApi, type TestApi } from './support/start-api.ts'

let api: TestApi
let survey: Survey

beforeAll(async () => {
  const settings: Partial<ProjectSettings> = { origins: ['https://shop.example'] }
  api = await startApi({ settings })
  survey = await api.publish({ ...page, locales: ['en', 'ko', 'ar'], questions: worded('en', 'ko', 'ar') })
})
afterAll(() => api.close())

const page = { key: 'by-mail', display: { kind: 'page' } } satisfies Partial<SurveyDefinition>

function worded(...locales: string[]): SurveyDefinition['questions'] {
  const text = Object.fromEntries(
    locales.map((locale) => [locale, `How was {product.name|"it" <b>} (${locale})?`]),
  )
  return [{ key: 'nps', kind: 'nps', metric: 'nps', text }]
}

const get = (path: string, headers: Record<string, string> = {}) => api.app.inject({ url: path, headers })
/** The arguments of the one call that the page makes. */
const callOf = (html: string): unknown[] =>
  JSON.parse(runInNewContext(`JSON.stringify([${/};heed\((.*)\)<\/script>/.exec(html)?.[1] ?? ''}])`))

describe('the page of a survey', () => {
  test('draws it with the loader of its project, whatever rules it has', async () => {
    for (const [path, loader] of [
      ['/s/by-mail', `../${api.project.publicKey}/heed.js`],
      [`/${api.project.publicKey}/s/by-mail`, `../../${api.project.publicKey}/heed.js`],
    ] as const) {
      const { statusCode, body, headers } = await get(path)
      expect(statusCode).toBe(200)
      expect(headers['content-type']).toBe('text/html; charset=utf-8')
      expect(callOf(body)).toEqual(['show', 'by-mail', { force: true }])
      expect(body).toContain(`src="${loader}"`)
      expect(new URL(loader, `https://heed.example/base${path}`).pathname).toBe(
        `/base/${api.project.publicKey}/heed.js`,
      )
    }
  })

  test('runs its own two scripts and nothing else', async () => {
    const { body, headers } = await get('/s/by-mail')
    const policy = String(headers['content-security-policy'])
    const [, nonce] = /script-src 'self' 'nonce-([^']+)'/.exec(policy) ?? []
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toContain('unsafe')
    expect([...body.matchAll(/<(script|style)\b[^>]*nonce="([^"]+)"/g)].map(([, , given]) => given)).toEqual([
      nonce,
      nonce,
      nonce,
    ])
    expect(body).not.toMatch(/<(script|style)\b(?![^>]*nonce=)| style=| on\w+=/)
    const again = await get('/s/by-mail')
    expect(again.headers['content-security-policy']).not.toBe(policy)
  })

  test('is nobody’s to keep, to index, to frame or to follow from', async () => {
    const { headers, body } = await get('/s/by-mail')
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
    })
    expect(headers).not.toHaveProperty('set-cookie')
    expect(body).toContain('<meta name="robots" content="noindex,nofollow">')
  })

  test.each([
    ['/s/by-mail', {}, 'en', 'ltr'],
    ['/s/by-mail', { 'accept-language': 'fr;q=0.9, ko-KR;q=0.8, en;q=0.1' }, 'ko', 'ltr'],
    ['/s/by-mail?lang=ar', { 'accept-language': 'ko' }, 'ar', 'rtl'],
    ['/s/by-mail?lang=xx', { 'accept-language': 'ko' }, 'ko', 'ltr'],
  ])('%s with %j is in %s, %s', async (path, headers, lang, dir) => {
    const { body } = await get(path, headers)
    expect(body).toContain(`<html lang="${lang}" dir="${dir}">`)
    expect(body).toContain(`data-lang="${lang}"`)
    expect(body).toContain(`<noscript><p>${visitorTexts(lang).hosted.needsJavaScript.slice(0, 10)}`)
  })

  test('has the first question as its title, in words that stay words', async () => {
    const { body } = await get('/s/by-mail')
    expect(body).toContain('<title>How was &#34;it&#34; &#60;b&#62; (en)?</title>')
    expect(body).toMatch(/<main><\/main>/)
  })

  test('is as dark as its survey, else as the visitor’s system', async () => {
    await api.publish({ ...page, key: 'dark', display: { kind: 'page', appearance: { mode: 'dark' } } })
    const scheme = async (path: string) => /"color-scheme" content="(.*?)"/.exec((await get(path)).body)?.[1]
    expect(await scheme('/s/dark')).toBe('dark')
    expect(await scheme('/s/by-mail')).toBe('light dark')
  })

  test('takes the answer of its link along, without storing anything by itself', async () => {
    const { body } = await get('/s/by-mail?nps=9&utm_source=news&heed=debug')
    expect(callOf(body)).toEqual(['show', 'by-mail', { force: true, answers: { nps: 9 } }])
    for (const query of [
      'nps=11',
      'nps=',
      'nps=9e0',
      'nps=9&nps=8',
      'why=</script><script>alert(1)</script>',
    ])
      expect(callOf((await get(`/s/by-mail?${query}`)).body)).toEqual(['show', 'by-mail', { force: true }])
    const { reply } = await api.call<{ data: unknown[] }>('GET', '/responses')
    expect(reply.data).toEqual([])
    expect((await api.call('GET', `/funnel?survey=${survey.id}`)).reply).toMatchObject({
      counts: { shown: 0 },
    })
  })

  test('may send what the visitor answers, though only the shop’s pages may', async () => {
    const own = await api.send([response(survey)], {
      headers: { origin: 'http://heed.test:8080', host: 'heed.test:8080' },
    })
    expect(own.reply.items).toMatchObject([{ status: 'stored' }])
    const foreign = await api.send([response(survey)], { headers: { origin: 'https://evil.example' } })
    expect(foreign.status).toBe(403)
    const nowhere = await api.send([response(survey)], { headers: { origin: 'null' } })
    expect(nowhere.status).toBe(403)
  })
})

describe('where there is no survey to draw', () => {
  const words = (locale: string) => visitorTexts(locale).hosted

  test('a wrong address says so in the visitor’s language', async () => {
    const { publicKey } = api.project
    const wrong = [
      '/s/nowhere',
      `/${publicKey}/s/nowhere`,
      '/pk_wrong/s/by-mail',
      '/s/%00',
      `/${publicKey}/s/A%20b`,
    ]
    for (const path of wrong) {
      const { statusCode, body } = await get(path, { 'accept-language': 'ko' })
      expect(statusCode).toBe(404)
      expect(body).toContain(`<h1>${words('ko').notFound}</h1>`)
      expect(body).not.toContain('<script')
    }
  })

  test('a survey of the shop’s pages has no page of its own', async () => {
    await api.publish({ key: 'in-the-shop' })
    expect((await get(`/${api.project.publicKey}/s/in-the-shop`)).statusCode).toBe(404)
  })

  test('a paused, ended, full or not yet open survey is closed', async () => {
    const path = (key: string) => `/${api.project.publicKey}/s/${key}`
    const paused = await api.publish({ ...page, key: 'paused' })
    await api.call('POST', `/surveys/${paused.id}/pause`)
    await api.publish({ ...page, key: 'ended', endAt: '2020-01-01T00:00:00Z' })
    await api.publish({ ...page, key: 'future', startAt: '2999-01-01T00:00:00Z' })
    const full = await api.publish({ ...page, key: 'full', maxResponses: 1 })
    await api.send([response(full)])
    for (const key of ['paused', 'ended', 'future', 'full']) {
      const { statusCode, body } = await get(path(key), { 'accept-language': 'ar' })
      expect({ key, statusCode }).toEqual({ key, statusCode: 410 })
      expect(body).toContain('<html lang="ar" dir="rtl">')
      expect(body).toContain(`<h1>${words('ar').closed}</h1>`)
    }
  })

  test('a key that two projects use is found only with the project', async () => {
    await api.publish({ ...page, key: 'twice' })
    const other = await createProject(api.db, { name: 'Other' })
    await importSurvey(api.db, other.project.id, definition({ ...page, key: 'twice' }), { publish: true })
    expect((await get('/s/twice')).statusCode).toBe(404)
    expect((await get(`/${other.project.publicKey}/s/twice`)).statusCode).toBe(200)
  })

  test('a scanner costs no query each', async () => {
    const replies = await Promise.all(Array.from({ length: 300 }, (_, index) => get(`/s/guess-${index}`)))
    expect(replies.some(({ statusCode }) => statusCode === 429)).toBe(true)
    expect((await get('/s/by-mail')).statusCode).toBe(200)
  })
})

test('a preview shows any draft on a page, until its link expires', async () => {
  await api.call('POST', '/surveys', definition({ key: 'unborn', display: { kind: 'modal' } }))
  const { reply } = await api.call<{ url: string }>('POST', '/surveys/unborn/preview')
  const url = new URL(reply.url)
  expect(url.origin).toBe('http://localhost')
  const { statusCode, body } = await get(url.pathname + url.search)
  expect(statusCode).toBe(200)
  expect(callOf(body)).toEqual(['show', 'unborn', { force: true }])
  expect((await get(url.pathname)).statusCode).toBe(404)
  expect((await get(`${url.pathname}?heed=${url.searchParams.get('heed')}x`)).statusCode).toBe(403)
  expect((await get(url.pathname.replace('unborn', 'by-mail') + url.search)).statusCode).toBe(404)
})

test('languages of a browser are taken best first, whatever the header says', () => {
  expect(acceptedLanguages('en;q=0.5, ko-KR, *;q=0.1, fr;q=0')).toEqual(['ko-KR', 'en'])
  expect(acceptedLanguages(undefined)).toEqual([])
  expect(acceptedLanguages('<script>, ko;q=x, "')).toEqual([])
})

test('a link chooses scores and options; words, addresses and consent are the visitor’s to give', () => {
  const text = { en: 'x' }
  const options = ['a', 'b'].map((key) => ({ key, text }))
  const questions: SurveyDefinition['questions'] = [
    { key: 'r', kind: 'rating', scale: 3, text },
    { key: 'g', kind: 'gcr', text },
    { key: 't', kind: 'thumbs', text },
    { key: 's', kind: 'single', text, options },
    { key: 'm', kind: 'multiple', text, options, max: 2 },
    { key: 'w', kind: 'text', text },
    { key: 'e', kind: 'email', text },
    { key: 'c', kind: 'consent', text },
  ]
  const given = { r: '3', g: 'partly', t: 'up', s: 'b', m: 'a,b', w: 'x', e: 'a@b.co', c: 'true' }
  expect(linkAnswers({ questions }, given)).toEqual({ r: 3, g: 'partly', t: 'up', s: 'b', m: ['a', 'b'] })
  const wrong = { r: '4', g: 'maybe', t: '', s: 'z', m: 'a,a' }
  expect(linkAnswers({ questions }, wrong)).toEqual({})
})
