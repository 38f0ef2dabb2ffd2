import type { RejectPage, ResponseRecord, Survey } from '@heed/contract'
import { createProject, listRejects, type NewReject } from '@heed/db'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeReject } from '../src/ingest/describe-reject.ts'
import { Rejects } from '../src/ingest/rejects.ts'
import { response, startApi, type TestApi } from './support/start-api.ts'

describe('what is kept of a refused item', () => {
  const refusal = { status: 'refused', code: 'invalid_item', detail: 'seq: got "kim@naver.com"' } as const
  const describe_ = (item: unknown) => describeReject(item, refusal, '1.0.0')

  test('is what helps to find the mistake, without whose it was and what tells who that is', () => {
    const reject = describe_({
      type: 'response',
      id: 'mine',
      seq: 0,
      surveyId: 'srv_1',
      visitor: 'v1',
      subject: 'kim@naver.com',
      ip: '203.0.113.7',
      answers: { why: 'call 010-1234-5678', 'a@b.co': { deep: ['lee@naver.com'] } },
      context: { url: 'https://shop.example/?token=x', userAgent: 'Mozilla', title: 'x' },
    })
    expect(reject).toMatchObject({ kind: 'response', surveyId: 'srv_1', responseId: 'mine', visitor: 'v1' })
    expect(reject.detail).toBe('seq: got "[email]"')
    expect(JSON.parse(reject.item)).toEqual({
      type: 'response',
      id: 'mine',
      seq: 0,
      surveyId: 'srv_1',
      answers: { why: 'call [phone]', '[email]': { deep: ['[email]'] } },
      context: { url: 'https://shop.example/' },
    })
  })

  test('is at most 4 KiB, whatever it was', () => {
    const long = 'kim@naver.com '.repeat(4000)
    const answers = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`q${index}`, long]))
    const { item } = describe_({ type: 'response', answers })
    expect(item.length).toBe(4096)
    expect(item).not.toContain('kim')
    let deep: unknown = 'kim@naver.com'
    for (let depth = 0; depth < 5000; depth++) deep = [deep]
    expect(describe_({ type: 'display', answers: deep }).item.length).toBeLessThan(200)
  })

  test.each([null, 5, 'kim@naver.com', [], ['a'], true])('says so of what is no item at all: %j', (item) => {
    const reject = describe_(item)
    expect(reject).toMatchObject({ kind: null, surveyId: null, responseId: null })
    expect(reject.item).toBe(JSON.stringify(item).replace('kim@naver.com', '[email]'))
  })

  test('holds nothing that cannot be stored', () => {
    const reject = describeReject({ id: 'a\u0000\ud800' }, { ...refusal, detail: '\u0000\ud800' }, '\u0000')
    expect(`${reject.detail}${reject.sdk}${reject.responseId}${reject.item}`).not.toMatch(
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the one that must not be there
      /\u0000|[\ud800-\udfff]/u,
    )
  })
})

describe('keeping them', () => {
  const refusal = { status: 'refused', code: 'invalid_item' } as const

  test('costs no more for a page that sends nothing else, and its neighbours nothing', async () => {
    const written = new Map<string, readonly NewReject[]>()
    const rejects = new Rejects({ store: async (project, given) => void written.set(project, given) })
    for (let n = 0; n < 5000; n++) rejects.note('prj_1', { n }, refusal, '1')
    rejects.note('prj_2', {}, refusal, '1')
    await rejects.flush()
    expect(written.get('prj_1')?.length).toBeLessThan(70)
    expect(written.get('prj_2')).toHaveLength(1)
  })

  test('fails in silence, and for one project only', async () => {
    const failures: unknown[] = []
    const written: string[] = []
    const rejects = new Rejects({
      async store(project) {
        if (project === 'prj_1') throw new Error('gone')
        written.push(project)
      },
      onFailure: (error) => failures.push(error),
    })
    rejects.note('prj_1', {}, refusal, '1')
    rejects.note('prj_2', {}, refusal, '1')
    await rejects.flush()
    expect(failures).toHaveLength(1)
    expect(written).toEqual(['prj_2'])
  })
})

describe('a project', () => {
  let api: TestApi
  let survey: Survey
  beforeAll(async () => {
    api = await startApi()
    survey = await api.publish()
  })
  afterAll(() => api.close())

  const list = async (query = '') => {
    await api.app.services.rejects.flush()
    return (await api.call<RejectPage>('GET', `/rejects${query}`)).reply
  }

  test('sees what was refused, why and of which sender, and its neighbours are stored', async () => {
    const good = response(survey)
    const items = [
      response(survey, { answers: { nps: 11 } }),
      response(survey, { answers: { colour: 'red, kim@naver.com' }, visitor: 'v1' }),
      response(survey, { answers: { why: 'a\u0000b' } }),
      response(survey, { version: 99 }),
      response(survey, { surveyId: 'srv_000000000000' }),
      { type: 'gossip' },
      good,
    ]
    await api.send(items)
    await api.send([], { payload: JSON.stringify({ sdk: '0.9.0', items: [{ type: 'gossip' }] }) })
    const { data, counts, nextCursor } = await list()
    expect(data.map(({ reason }) => reason)).toEqual([
      'invalid_item',
      'invalid_item',
      'unknown_survey',
      'unknown_version',
      'forbidden_character',
      'unknown_question',
      'invalid_answer',
    ])
    expect(data[5]).toMatchObject({
      detail: expect.stringContaining('answers.colour'),
      sdk: '1.0.0',
      kind: 'response',
      surveyId: survey.id,
      item: expect.stringContaining('"colour":"red, [email]"'),
    })
    expect(JSON.stringify(data)).not.toMatch(/kim@|v1/)
    expect(nextCursor).toBeNull()
    expect(counts).toEqual({
      reasons: {
        invalid_item: 2,
        unknown_survey: 1,
        unknown_version: 1,
        forbidden_character: 1,
        unknown_question: 1,
        invalid_answer: 1,
      },
      sdks: { '1.0.0': 6, '0.9.0': 1 },
    })
    expect((await api.call<ResponseRecord>('GET', `/responses/${good.id}`)).status).toBe(200)
  })

  test('finds them by reason and by survey, page by page', async () => {
    const { data } = await list()
    expect((await list('?reason=unknown_question')).data).toHaveLength(1)
    expect((await list('?reason=survey_closed')).data).toEqual([])
    expect((await list('?survey=srv_000000000000')).data.map(({ reason }) => reason)).toEqual([
      'unknown_survey',
    ])
    const ofSurvey = await list(`?survey=${survey.key}`)
    expect(ofSurvey.data).toEqual(data.filter(({ surveyId }) => surveyId === survey.id))
    const pages: RejectPage[] = [await list('?limit=3')]
    for (let cursor = pages[0]?.nextCursor; cursor; cursor = pages.at(-1)?.nextCursor) {
      pages.push(await list(`?limit=3&cursor=${cursor}`))
    }
    expect(pages.flatMap((page) => page.data)).toEqual(data)
    expect((await api.call('GET', '/rejects?reason=nonsense')).status).toBe(400)
    expect((await api.call('GET', '/rejects?cursor=nonsense')).status).toBe(400)
  })

  test('sees only its own', async () => {
    const other = await createProject(api.db, { name: 'Other' })
    expect((await listRejects(api.db, other.project.id)).data).toEqual([])
    const { status } = await api.app
      .inject({
        url: `/v1/projects/${api.project.id}/rejects`,
        headers: { authorization: `Bearer ${other.secretKey}` },
      })
      .then(({ statusCode }) => ({ status: statusCode }))
    expect([403, 404]).toContain(status)
  })
})
