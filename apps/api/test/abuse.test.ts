import type {
  FunnelReport,
  MetricsReport,
  ProjectRules,
  ResponsePage,
  ResponseRecord,
  Survey,
} from '@heed/contract'
import { createProject, openDatabase, projectSecret } from '@heed/db'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Tickets } from '../src/abuse/tickets.ts'
import { response, startApi, type TestApi } from './support/start-api.ts'

const hourMs = 3_600_000
const person =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'
const crawler = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'

let api: TestApi
let survey: Survey
let ticket: string

beforeAll(async () => {
  api = await startApi({ env: { HEED_TRUST_PROXY: '127.0.0.1', HEED_LIMIT_ADDRESS: '0' } })
  survey = await api.publish()
  ticket = (await rules()).ticket ?? ''
})
afterAll(() => api.close())

async function rules(publicKey = api.project.publicKey): Promise<ProjectRules> {
  return (await api.app.inject({ url: `/v1/config/${publicKey}` })).json()
}

let visitors = 0
/** Everybody has an address of their own, as the proxy tells it, unless a test says otherwise. */
function newAddress(): string {
  visitors += 1
  return `198.18.${visitors >> 8}.${visitors & 255}`
}

interface From {
  userAgent?: string
  ticket?: unknown
  address?: string
}

/** Sends items as a page does that has the rules; what is given is otherwise. */
async function send(items: unknown[], from: From = {}) {
  const reply = await api.app.inject({
    method: 'POST',
    url: `/v1/ingest/${api.project.publicKey}`,
    headers: {
      'content-type': 'text/plain',
      'user-agent': from.userAgent ?? person,
      'x-forwarded-for': from.address ?? newAddress(),
    },
    payload: JSON.stringify({ sdk: '1.0.0', items, ticket: 'ticket' in from ? from.ticket : ticket }),
  })
  return { status: reply.statusCode, body: reply.body, headers: Object.keys(reply.headers).sort() }
}

const find = async (id: string) => (await api.call<ResponseRecord>('GET', `/responses/${id}`)).reply

/** The suspicion of an answer that was sent alone. */
async function suspicionOf(changes: Record<string, unknown>, from: From = {}) {
  const item = response(survey, changes)
  expect((await send([item], from)).status).toBe(200)
  const { suspicion, suspicious } = await find(item.id)
  return { ...suspicion, suspicious }
}

describe('an answer', () => {
  test('of a person on a page that has the rules is above suspicion', async () => {
    const timing = { shownMs: 0, completedMs: 4000 }
    expect(await suspicionOf({ completed: true, timing })).toEqual({
      score: 0,
      reasons: [],
      suspicious: false,
    })
  })

  test('of a bot is acknowledged like that of a person, and marked', async () => {
    const [human, bot] = [response(survey), response(survey)]
    const [asPerson, asBot] = [await send([human]), await send([bot], { userAgent: crawler })]
    expect({ ...asBot, body: asBot.body.replace(bot.id, human.id) }).toEqual(asPerson)
    expect(await find(bot.id)).toMatchObject({
      suspicion: { score: 100, reasons: ['bot'] },
      suspicious: true,
    })
  })

  test('of a program is stored with a note, which alone or with a missing ticket is not enough', async () => {
    const headless = person.replace('Chrome/', 'HeadlessChrome/')
    for (const userAgent of ['node', 'curl/8.5.0', 'python-requests/2.32.3', headless]) {
      expect(await suspicionOf({}, { userAgent, ticket: undefined })).toEqual({
        score: 45,
        reasons: ['automated', 'missingTicket'],
        suspicious: false,
      })
    }
  })

  test('completed faster than anybody reads is not enough alone either', async () => {
    const answers = { nps: 3, why: 'too slow' }
    const timing = { shownMs: 0, completedMs: 599 }
    const fast = await suspicionOf({ answers, completed: true, timing })
    expect(fast).toEqual({ score: 30, reasons: ['fast'], suspicious: false })
    expect(await suspicionOf({ answers, completed: true, timing }, { ticket: undefined })).toMatchObject({
      score: 60,
      suspicious: true,
    })
    expect(await suspicionOf({ answers, timing })).toMatchObject({ score: 0 })
    const enough = { shownMs: 0, completedMs: 600 }
    expect(await suspicionOf({ answers, completed: true, timing: enough })).toMatchObject({ score: 0 })
  })

  test('that is a test has no score', async () => {
    expect(await suspicionOf({ test: true }, { userAgent: crawler })).toMatchObject({ score: 0 })
  })
})

describe('a ticket', () => {
  const flip = (text: string) => text.slice(0, -1) + (text.endsWith('A') ? 'B' : 'A')

  test('comes with the rules and in the loader, and is the same for everybody for an hour', async () => {
    const loader = await api.app.inject({ url: `/${api.project.publicKey}/heed.js` })
    const inlined = /\bticket:"([^"]+)"/.exec(loader.body)?.[1]
    for (const one of [ticket, inlined]) expect(one).toMatch(/^[0-9a-z]{4}[\w-]{8}$/)
    expect(await suspicionOf({}, { ticket: inlined })).toMatchObject({ score: 0 })
    let nowMs = 495_000 * hourMs
    const tickets = new Tickets(api.db, () => nowMs)
    const first = await tickets.issue(api.project.id)
    nowMs += hourMs - 1
    expect(await tickets.issue(api.project.id)).toBe(first)
    nowMs += 1
    expect(await tickets.issue(api.project.id)).not.toBe(first)
  })

  test('that is missing, changed, of another project, or no text at all is told from a good one', async () => {
    expect(await suspicionOf({}, { ticket: undefined })).toMatchObject({
      score: 30,
      reasons: ['missingTicket'],
    })
    const other = await createProject(api.db, { name: 'Another shop' })
    const forged = [
      flip(ticket),
      (await rules(other.project.publicKey)).ticket,
      'x',
      '',
      7,
      null,
      {},
      [ticket],
    ]
    for (const one of forged) {
      expect(await suspicionOf({}, { ticket: one })).toEqual({
        score: 60,
        reasons: ['forgedTicket'],
        suspicious: true,
      })
    }
  })

  test('is good for 48 hours, the time that an answer waited on the device aside', async () => {
    const old = (hours: number) =>
      new Tickets(api.db, () => Date.now() - hours * hourMs).issue(api.project.id)
    expect(await suspicionOf({}, { ticket: await old(46) })).toMatchObject({ score: 0 })
    expect(await suspicionOf({}, { ticket: await old(50) })).toEqual({
      score: 20,
      reasons: ['staleTicket'],
      suspicious: false,
    })
    expect(await suspicionOf({ ageMs: 100 * hourMs }, { ticket: await old(140) })).toMatchObject({ score: 0 })
  })

  test('says nothing when the key of the project cannot be read, and nobody waits for it', async () => {
    const nowhere = openDatabase({ url: 'postgresql://nobody@127.0.0.1:1/none', application: 'heed tests' })
    const away = new Tickets(nowhere)
    expect(await away.issue(api.project.id)).toBeUndefined()
    expect(await away.read(api.project.id, ticket)).toBe('unknown')
    await nowhere.destroy()
  })
})

describe('answers that come together', () => {
  const addresses = ['203.0.113.7', '203.0.113.8']

  test('more than twenty within a minute from one address are a burst, and nobody else is harmed', async () => {
    const [items, later] = [Array.from({ length: 21 }, () => response(survey)), response(survey)]
    for (const item of items) await send([item], { address: addresses[0] ?? '' })
    await send([later], { address: addresses[1] ?? '' })
    const marked = await Promise.all([...items, later].map(({ id }) => find(id)))
    expect(marked.map(({ suspicious }) => suspicious)).toEqual([...Array(20).fill(false), true, false])
    expect(marked[20]?.suspicion).toEqual({ score: 60, reasons: ['burst'] })
  })

  test('one answer that grows is no burst', async () => {
    const item = response(survey)
    for (let seq = 1; seq <= 30; seq += 1) await send([{ ...item, seq }], { address: '203.0.113.9' })
    expect(await find(item.id)).toMatchObject({ seq: 30, suspicion: { score: 0 } })
  })

  test('in the same words: the third is marked, however it is spelt, and so is a short one that has more against it', async () => {
    const why = 'Great shop, everybody should buy their shoes here today!'
    const said = [why, why.toUpperCase(), ` ${why.replaceAll(' ', '  ')}`]
    const scores: number[] = []
    for (const text of said) {
      const item = response(survey, { answers: { nps: 9, why: text } })
      // Sent again, as a page does that missed the reply, it is still one.
      for (const seq of [1, 2]) await send([{ ...item, seq }])
      scores.push((await find(item.id)).suspicion.score)
    }
    expect(scores).toEqual([0, 0, 60])
    const short = { answers: { nps: 9, why: 'Everything was fine' } }
    for (let times = 0; times < 2; times += 1) await suspicionOf(short)
    expect(await suspicionOf(short)).toEqual({ score: 40, reasons: ['duplicateText'], suspicious: false })
    expect(await suspicionOf(short, { ticket: undefined })).toMatchObject({ score: 70, suspicious: true })
    const brief = { answers: { nps: 9, why: 'very good' } }
    for (let times = 0; times < 3; times += 1) expect(await suspicionOf(brief)).toMatchObject({ score: 0 })
  })
})

describe('the numbers', () => {
  test('stay as they were when a hundred bots answer; a parameter or the project brings them back', async () => {
    const asked = await api.publish({ key: 'with-bots' })
    const query = `survey=${asked.id}`
    const metrics = async (more = '') =>
      (await api.call<MetricsReport>('GET', `/metrics?${query}${more}`)).reply.n
    const shown = async (more = '') =>
      (await api.call<FunnelReport>('GET', `/funnel?${query}${more}`)).reply.counts.shown
    const listed = async (more = '') =>
      (await api.call<ResponsePage>('GET', `/responses?${query}&limit=200${more}`)).reply.data.length
    const lines = async (more = '') =>
      (await api.call<string>('GET', `/export?${query}${more}`)).reply.trim().split('\r\n').length - 1
    const everything = async (more = '') => [
      await metrics(more),
      await shown(more),
      await listed(more),
      await lines(more),
    ]

    const display = { type: 'display', surveyId: asked.id, version: 1, state: 'shown' }
    await send([response(asked), { ...display, id: response(asked).id }])
    const answers = Array.from({ length: 50 }, () => response(asked))
    const displays = answers.map(() => ({ ...display, id: response(asked).id }))
    await send(answers, { userAgent: crawler })
    await send([...answers.map(() => response(asked)), ...displays], { userAgent: crawler })
    expect(await everything()).toEqual([1, 2, 1, 1])
    expect(await everything('&suspicious=include')).toEqual([101, 152, 101, 101])
    expect(await listed('&suspicious=only')).toBe(100)
    expect(await lines('&suspicious=only')).toBe(100)

    const setting = (suspicious: string) =>
      api.call('PATCH', '', { settings: { suspicious } }).then(({ status }) => expect(status).toBe(200))
    await setting('include')
    expect(await everything()).toEqual([101, 152, 101, 101])
    expect(await everything('&suspicious=leaveOut')).toEqual([1, 2, 1, 1])
    await setting('leaveOut')

    const [one] = answers
    const patched = await api.call<ResponseRecord>('PATCH', `/responses/${one?.id}`, { suspicious: false })
    expect(patched.reply).toMatchObject({ suspicious: false, suspicion: { score: 100, reasons: ['bot'] } })
    expect(await metrics()).toBe(2)
  })

  test('an export tells score and reasons', async () => {
    const { reply } = await api.call<string>('GET', `/export?survey=${survey.id}&suspicious=include`)
    const [head = '', ...rows] = reply.trim().split('\r\n')
    const columns = head.split(',')
    expect(columns).toEqual(
      expect.arrayContaining(['"suspicion"', '"reasons"', '"suspicious"', '"superseded"']),
    )
    expect(rows.some((row) => row.includes('"bot"') && row.includes('"100"'))).toBe(true)
  })
})

test('neither the user agent nor the address of anybody stands in a table or in the log', async () => {
  const marks = ['Oddball7', '198.51.100.77']
  await send([response(survey), { type: 'loss', reason: 'quota', count: 1 }, { type: 'nonsense' }], {
    userAgent: `${crawler} ${marks[0]}`,
    address: marks[1] ?? '',
  })
  await api.app.services.rejects.flush()
  const tables = (await api.db.introspection.getTables()).filter(({ isView }) => !isView)
  expect(tables.length).toBeGreaterThan(15)
  const contents = await Promise.all(
    tables.map(({ name }) =>
      api.db
        .selectFrom(name as 'responses')
        .selectAll()
        .execute(),
    ),
  )
  const everything = `${JSON.stringify(contents)}${api.log.join('\n')}`
  expect(everything).toContain('nonsense')
  for (const mark of marks) expect(everything).not.toContain(mark)
  expect(await projectSecret(api.db, api.project.id, 'ticket')).toHaveLength(43)
})
