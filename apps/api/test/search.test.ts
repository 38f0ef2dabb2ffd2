import type { ResponsePage } from '@heed/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { response, startApi, type TestApi } from './support/start-api.ts'

let api: TestApi
beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.close())

test('a comment is found as soon as it is acknowledged, in the list and in the export', async () => {
  const survey = await api.publish({
    key: 'searched',
    locales: ['en'],
    questions: [
      { key: 'nps', kind: 'nps', metric: 'nps', text: { en: 'How likely?' } },
      { key: 'why', kind: 'text', text: { en: 'Why?' } },
    ],
  })
  const texts = ['Delivery was late', '배송이 늦었어요', '配送が遅い', '物流太慢', 'التوصيل متأخر']
  await api.send(texts.map((why) => response(survey, { answers: { nps: 3, why } })))
  const find = async (search: string, rest = '') => {
    const { status, reply } = await api.call<ResponsePage>(
      'GET',
      `/responses?survey=searched&search=${encodeURIComponent(search)}${rest}`,
    )
    expect(status).toBe(200)
    return reply.data.map(({ answers }) => answers.why)
  }
  for (const [search, found] of [
    ['delivery late', 0],
    ['deliv', 0],
    ['배송', 1],
    ['配送', 2],
    ['物流', 3],
    ['التوصيل', 4],
  ] as const) {
    expect(await find(search)).toEqual([texts[found]])
  }
  expect(await find('배송', '&where={"nps":{"$gte":7}}')).toEqual([])
  const file = await api.call<string>('GET', `/export?format=ndjson&search=${encodeURIComponent('늦었')}`)
  expect(file.reply.trim().split('\n')).toHaveLength(1)
  expect((await api.call('GET', '/responses?search=')).status).toBe(400)
  expect((await api.call('GET', `/responses?search=${'a'.repeat(201)}`)).status).toBe(400)
  expect(await find("'&|!():*\\<->")).toEqual([])
})
