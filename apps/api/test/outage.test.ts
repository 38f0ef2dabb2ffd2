import type { Survey } from '@heed/contract'
import { countScores } from '@heed/db'
import { startTcpProxy, type TcpProxy } from '@heed/test-stack/faults'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { response, startApi, type TestApi } from './support/start-api.ts'

let api: TestApi
let proxy: TcpProxy
let survey: Survey

beforeAll(async () => {
  api = await startApi({
    through: async (url) => {
      proxy = await startTcpProxy(url)
      return proxy.url
    },
  })
  survey = await api.publish()
  await api.send([response(survey)])
  await api.app.inject(`/${api.project.publicKey}/heed.js`)
})
beforeEach(() => proxy.restore())
afterAll(async () => {
  await proxy.restore()
  await api.close()
  await proxy.close()
})

const send = (items: unknown[]) =>
  api.app.inject({
    method: 'POST',
    url: `/v1/ingest/${api.project.publicKey}`,
    headers: { 'content-type': 'text/plain' },
    payload: JSON.stringify({ sdk: '1', items }),
  })

async function storedRows(): Promise<number> {
  const query = { surveyId: survey.id, metric: 'nps' as const, from: null, to: null }
  const { total } = await countScores(api.db, api.project.id, query)
  return total.reduce((sum, n) => sum + n, 0)
}

test('without its database ingest says 503 and when to come back; the same items are stored once it is there', async () => {
  const before = await storedRows()
  const items = [response(survey), response(survey)]
  proxy.cut()
  const refused = await send(items)
  expect(refused.statusCode).toBe(503)
  expect(refused.json()).toMatchObject({ code: 'unavailable' })
  expect(Number(refused.headers['retry-after'])).toBeGreaterThanOrEqual(1)
  expect(refused.headers['access-control-allow-origin']).toBe('*')
  expect(refused.headers['access-control-expose-headers']).toBe('retry-after')
  expect(await storedRows()).toBe(before)
  await proxy.restore()
  const taken = await send(items)
  expect(taken.json<{ items: { status: string }[] }>().items.map(({ status }) => status)).toEqual([
    'stored',
    'stored',
  ])
  expect(await storedRows()).toBe(before + 2)
})

test('without its database it is alive, not ready, and management says 503', async () => {
  proxy.cut()
  expect((await api.app.inject('/livez')).statusCode).toBe(200)
  expect((await api.app.inject('/readyz')).json()).toMatchObject({ status: 'unavailable' })
  expect(await api.call('GET', '/surveys')).toMatchObject({ status: 503, reply: { code: 'unavailable' } })
  await proxy.restore()
  expect((await api.app.inject('/readyz')).statusCode).toBe(200)
})

test('pages keep getting their loader through an outage', async () => {
  proxy.cut()
  const reply = await api.app.inject(`/${api.project.publicKey}/heed.js`)
  expect(reply.statusCode).toBe(200)
  expect(reply.body).toContain(survey.id)
})

test('a row whose commit nobody heard of is not acknowledged, and sending it again is harmless', async () => {
  // The connection is open before the network dies, so the commit happens and only its news is lost.
  await send([response(survey)])
  const before = await storedRows()
  const item = response(survey)
  proxy.loseReplies()
  const unknown = await send([item])
  expect(unknown.statusCode).toBe(503)
  expect(await storedRows()).toBe(before + 1)
  proxy.cut()
  await proxy.restore()
  const again = await send([item])
  expect(again.json<{ items: { status: string }[] }>().items[0]?.status).toBe('duplicate')
  expect(await storedRows()).toBe(before + 1)
})

test('the log says what failed without answers, addresses or keys', () => {
  expect(api.log.length).toBeGreaterThan(0)
  expect(api.log.join('')).toContain('a batch was not committed')
  for (const secret of [api.project.publicKey, api.secretKey, survey.id, '127.0.0.1', 'postgresql://']) {
    expect(api.log.join('')).not.toContain(secret)
  }
})

test('a stopping server answers what is waiting before it goes', async () => {
  const own = await startApi()
  const theirs = await own.publish()
  const sending = Array.from({ length: 50 }, () => own.send([response(theirs)]))
  const closing = own.app.close()
  const replies = await Promise.all(sending)
  await closing
  expect(replies.every(({ status }) => status === 200 || status === 503)).toBe(true)
  const acknowledged = replies.filter(({ status }) => status === 200).length
  const { total } = await countScores(own.db, own.project.id, {
    surveyId: theirs.id,
    metric: 'nps',
    from: null,
    to: null,
  })
  expect(total.reduce((sum, n) => sum + n, 0)).toBe(acknowledged)
  await own.close()
})
