import type {
  AuditPage,
  ErasureReport,
  MetricsReport,
  PersonCopy,
  Problem,
  ResponsePage,
} from '@heed/contract'
import { personCopySchema } from '@heed/contract/schema'
import { createSecretKey } from '@heed/db'
import { pixel } from '@heed/test-stack/pixel'
import Schema from 'typebox/schema'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { newResponseId, response, startApi, type TestApi } from './support/start-api.ts'

let api: TestApi
let survey: Awaited<ReturnType<TestApi['publish']>>

beforeAll(async () => {
  api = await startApi()
  survey = await api.publish()
})
afterAll(() => api.close())

/** An answer with a comment, its display and its picture. */
async function answer(changes: Record<string, unknown>) {
  const item = response(survey, { answers: { nps: 3, why: 'parcel late' }, ...changes })
  const display = {
    type: 'display',
    id: item.id,
    surveyId: survey.id,
    version: survey.version,
    state: 'completed',
  }
  await api.send([item, display])
  await api.app.inject({
    method: 'POST',
    url: `/v1/screenshots/${api.project.publicKey}/${item.id}`,
    headers: { 'content-type': 'image/png' },
    payload: pixel,
  })
  return item.id
}
const list = async (query = '') =>
  (await api.call<ResponsePage>('GET', `/responses${query}`)).reply.data.map(({ id }) => id)

test('a person is copied, then erased, and everything else stays as it was', async () => {
  const mine = await answer({ visitor: 'visitor one' })
  const theirs = await answer({ visitor: 'visitor two' })
  await api.send([response(survey, { visitor: 'visitor one', answers: { nps: 11 } })])
  await api.app.services.rejects.flush()
  const path = `/visitors/${encodeURIComponent('visitor one')}`

  const copy = await api.call<PersonCopy>('GET', path)
  expect(copy.status).toBe(200)
  expect(Schema.Check(personCopySchema, copy.reply)).toBe(true)
  expect(copy.reply).toMatchObject({
    visitor: 'visitor one',
    responses: [{ id: mine, answers: { nps: 3, why: 'parcel late' } }],
    displays: [{ id: mine, states: expect.arrayContaining(['completed']) }],
    screenshots: [{ responseId: mine, type: 'image/png', image: pixel.toString('base64') }],
    rejects: [{ detail: expect.stringContaining('answers.nps') }],
  })
  expect(JSON.stringify(copy.reply)).not.toContain(theirs)

  const counts = { responses: 1, displays: 1, screenshots: 1, rejects: 1 }
  const dry = await api.call<ErasureReport>('DELETE', `${path}?dryRun=true`)
  expect(dry.reply).toEqual({ dryRun: true, reference: expect.any(String), ...counts })
  expect(await list('?search=parcel')).toContain(mine)

  const erased = await api.call<ErasureReport>('DELETE', path)
  expect(erased).toEqual({ status: 200, reply: { ...dry.reply, dryRun: false } })
  expect(await list()).toEqual([theirs])
  expect(await list('?search=parcel')).toEqual([theirs])
  expect((await api.call('GET', `/responses/${mine}/screenshot`)).status).toBe(404)
  expect((await api.call<MetricsReport>('GET', `/metrics?survey=${survey.key}`)).reply.n).toBe(1)
  expect((await api.call<string>('GET', '/export')).reply).not.toContain(mine)
  expect((await api.call<{ data: unknown[] }>('GET', '/rejects')).reply.data).toEqual([])
  const { reference } = erased.reply
  const log = (await api.call<AuditPage>('GET', `/audit?target=${reference}`)).reply.data
  expect(log).toMatchObject([
    { action: 'visitor.erased', actor: expect.stringMatching(/^key_/), details: counts },
    { action: 'visitor.copied', details: {} },
  ])
  expect(JSON.stringify(log)).not.toContain('visitor one')
})

test.each([
  ['visitors', 'v'.repeat(128)],
  ['subjects', '고'.repeat(256)],
  ['subjects', 'a/b?c#d%20e+f@shop.example'],
  ['visitors', '../../secret'],
])('an id of %s may be anything that ingest takes', async (path, id) => {
  const kind = path === 'visitors' ? 'visitor' : 'subject'
  const asIngestTakes = id.length <= 200 ? await answer({ [kind]: id }) : undefined
  const url = `/${path}/${encodeURIComponent(id)}`
  const copy = await api.call<PersonCopy>('GET', url)
  expect(copy).toMatchObject({ status: 200, reply: { [kind]: id } })
  expect(copy.reply.responses.map((one) => one.id)).toEqual(asIngestTakes ? [asIngestTakes] : [])
  const erased = await api.call<ErasureReport>('DELETE', url)
  expect(erased).toMatchObject({ status: 200, reply: { responses: asIngestTakes ? 1 : 0 } })
})

test('somebody unknown has an empty copy and nothing to erase', async () => {
  const copy = await api.call<PersonCopy>('GET', '/subjects/nobody')
  expect(copy).toEqual({
    status: 200,
    reply: { subject: 'nobody', responses: [], displays: [], screenshots: [], rejects: [] },
  })
  const erased = await api.call<ErasureReport>('DELETE', '/subjects/nobody')
  expect(erased).toMatchObject({
    status: 200,
    reply: { responses: 0, displays: 0, screenshots: 0, rejects: 0 },
  })
})

test.each([
  ['too long a visitor', `/visitors/${'v'.repeat(129)}`, 400, 'invalid_request'],
  ['too long a subject', `/subjects/${'s'.repeat(257)}`, 400, 'invalid_request'],
  ['a dry run that is none', '/visitors/v?dryRun=perhaps', 400, 'invalid_request'],
  ['a misspelt dry run', '/visitors/v?dryrun=true', 400, 'invalid_request'],
  ['NUL', '/visitors/a%00b', 400, 'invalid_request'],
  ['half of a character', '/visitors/%ed%a0%80', 400, 'invalid_request'],
])('%s is refused with a reason', async (_name, path, status, code) => {
  const refused = await api.call<Problem>('DELETE', path)
  expect(refused).toMatchObject({ status, reply: { status, code, detail: expect.any(String) } })
})

test('only an admin key erases and reads the audit log, and no key of another project', async () => {
  const as = async (scope: 'read' | 'write', method: 'GET' | 'DELETE', path: string) => {
    const { secretKey } = await createSecretKey(api.db, api.project.id, { name: scope, scopes: [scope] })
    const { statusCode } = await api.app.inject({
      method,
      url: `/v1/projects/${api.project.id}${path}`,
      headers: { authorization: `Bearer ${secretKey}` },
    })
    return statusCode
  }
  const id = await answer({ visitor: 'kept' })
  expect(await as('read', 'GET', '/visitors/kept')).toBe(200)
  expect(await as('write', 'DELETE', '/visitors/kept')).toBe(403)
  expect(await as('write', 'DELETE', '/visitors/kept?dryRun=true')).toBe(403)
  expect(await as('write', 'GET', '/audit')).toBe(403)
  const { statusCode } = await api.app.inject({
    method: 'DELETE',
    url: '/v1/projects/prj_another/visitors/kept',
    headers: { authorization: `Bearer ${api.secretKey}` },
  })
  expect(statusCode).toBe(404)
  expect(await list()).toContain(id)
})

test('the server deletes by itself what is not kept any more, and what comes late of the erased', async () => {
  const own = await startApi({ env: { HEED_RETENTION_SECONDS: '1' }, settings: { retentionDays: 30 } })
  const { id: surveyId, version, key } = await own.publish()
  const item = (changes: Record<string, unknown>) => response({ id: surveyId, version }, changes)
  await own.send([item({ answers: { nps: 1 } })])
  const longAgo = new Date(Date.now() - 31 * 86_400_000)
  await own.db.updateTable('responses').set({ received_at: longAgo }).execute()
  await own.call('DELETE', '/visitors/me')
  const stays = newResponseId()
  await own.send([
    item({ visitor: 'me', answers: { nps: 2 }, ageMs: 3_600_000 }),
    item({ id: stays, visitor: 'me', answers: { nps: 9 } }),
  ])
  await vi.waitFor(
    async () => {
      const { reply } = await own.call<ResponsePage>('GET', '/responses')
      expect(reply.data.map(({ id }) => id)).toEqual([stays])
    },
    { timeout: 15_000 },
  )
  const report = await own.call<MetricsReport>('GET', `/metrics?survey=${key}`)
  expect(report.reply.histogram).toMatchObject({ 1: 0, 2: 0, 9: 1 })
  await own.close()
})
