import type { Project, ResponseRecord, Survey } from '@heed/contract'
import { startTcpProxy, type TcpProxy } from '@heed/test-stack/faults'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Redactors } from '../src/ingest/redactors.ts'
import { response, startApi, type TestApi } from './support/start-api.ts'

let api: TestApi
let proxy: TcpProxy
let survey: Survey

const text = { en: 'Say it' }
const options = [
  { key: 'late', text: { en: 'Late' } },
  { key: 'broken', text: { en: 'Broken' } },
]

beforeAll(async () => {
  api = await startApi({
    settings: { collect: ['title', 'campaign'], queryKeys: ['q'] },
    through: async (url) => {
      proxy = await startTcpProxy(url)
      return proxy.url
    },
  })
  survey = await api.publish({
    locales: ['en'],
    questions: [
      { key: 'why', kind: 'text', text },
      { key: 'one', kind: 'single', text, options, other: true },
      { key: 'some', kind: 'multiple', text, options, other: true },
      { key: 'mail', kind: 'email', text },
    ],
  })
})
afterAll(async () => {
  await proxy.restore()
  await api.close()
  await proxy.close()
})

async function store(changes: Record<string, unknown>): Promise<ResponseRecord> {
  const item = response(survey, { answers: {}, ...changes })
  expect((await api.send([item])).reply.items).toMatchObject([{ id: item.id, status: 'stored' }])
  return (await api.call<ResponseRecord>('GET', `/responses/${item.id}`)).reply
}

/** The policy as pages that come a moment later meet it. */
async function setPolicy(redaction: Project['settings']['redaction']): Promise<void> {
  const { status } = await api.call('PATCH', '', { settings: { redaction } })
  expect(status).toBe(200)
}

describe('what a visitor writes is stored without what tells who it is', () => {
  test('in comments and beside "other", and not where an address was asked for', async () => {
    const { answers } = await store({
      answers: {
        why: '제 번호는 010-1234-5678, 메일은 kim@naver.com입니다. 주문번호 20240501-0000123, 5,000원',
        one: { other: 'call +49 170 1234567' },
        some: { keys: ['late'], other: 'card 4111 1111 1111 1111' },
        mail: 'kim@naver.com',
      },
    })
    expect(answers).toEqual({
      why: '제 번호는 [phone], 메일은 [email]입니다. 주문번호 20240501-0000123, 5,000원',
      one: { other: 'call [phone]' },
      some: { keys: ['late'], other: 'card [card]' },
      mail: 'kim@naver.com',
    })
  })

  test('in what the page tells with it, where the numbers of orders and articles stay', async () => {
    const { context } = await store({
      context: {
        url: 'https://shop.example/u/kim@naver.com/orders/4111111111111111?q=lee@naver.com',
        title: 'Hello kim@naver.com',
        campaign: { source: 'mail', term: 'kim@naver.com' },
        event: {
          name: 'purchase',
          transactionId: '4111111111111111',
          itemIds: ['01012345678'],
          note: '010-1234-5678',
          list: ['kim@naver.com'],
        },
        order: { order_id: '01012345678', gift: { to: ['Lee, 01012345678', 'x'] } },
        attributes: { phone: '+82 10-1234-5678', tier: 'gold', age: 33 },
      },
    })
    expect(context).toEqual({
      url: 'https://shop.example/u/[email]/orders/4111111111111111?q=[email]',
      title: 'Hello [email]',
      campaign: { source: 'mail', term: '[email]' },
      event: {
        name: 'purchase',
        transactionId: '4111111111111111',
        itemIds: ['01012345678'],
        note: '[phone]',
        list: ['[email]'],
      },
      order: { order_id: '01012345678', gift: { to: ['Lee, [phone]', 'x'] } },
      attributes: { phone: '[phone]', tier: 'gold', age: 33 },
    })
  })

  test('as the project wants it: kept, masked, or one stand-in for equal ones', async () => {
    await setPolicy({ phone: 'hash', email: 'keep' })
    const why = (given: string) =>
      store({ answers: { why: given } }).then(({ answers }) => String(answers.why))
    const [first, again, other] = await Promise.all([
      why('010-1234-5678 kim@naver.com'),
      why('+82 10 1234 5678 4111 1111 1111 1111'),
      why('010-9999-8888'),
    ])
    const standIn = /\[phone:[0-9a-f]{12}\]/.exec(first)?.[0] ?? 'none'
    expect(first).toBe(`${standIn} kim@naver.com`)
    expect(again).toBe(`${standIn} [card]`)
    expect(other).toMatch(/^\[phone:[0-9a-f]{12}\]$/)
    expect(other).not.toBe(standIn)
    await setPolicy({})
  })

  test('and not at all while the key of the stand-ins cannot be had', async () => {
    const settings = { ...api.project.settings, redaction: { phone: 'hash' as const } }
    const redactors = new Redactors(api.app.services.connections.ownerDb)
    const project = { ...api.project, settings }
    proxy.cut()
    await expect(redactors.of(project)).rejects.toThrow()
    await proxy.restore()
    const redact = await redactors.of(project)
    expect(redact('010-1234-5678')).toMatch(/^\[phone:[0-9a-f]{12}\]$/)
  })

  test('a policy with a word that is none is refused by name', async () => {
    const wrong = await api.call<{ detail: string }>('PATCH', '', {
      settings: { redaction: { phone: 'drop' } },
    })
    expect(wrong).toMatchObject({
      status: 400,
      reply: { detail: expect.stringContaining('redaction.phone') },
    })
    const unknown = await api.call<{ detail: string }>('PATCH', '', {
      settings: { redaction: { name: 'mask' } },
    })
    expect(unknown).toMatchObject({
      status: 400,
      reply: { detail: expect.stringContaining('redaction.name') },
    })
  })
})
