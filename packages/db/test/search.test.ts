import {
  createProject,
  createSurvey,
  deleteTestResponses,
  forProject,
  listResponses,
  newId,
  publishSurvey,
  type ResponseFilter,
  type ResponseRow,
  rebuildComments,
  storeBatch,
} from '@heed/db'
import { CompiledQuery, sql } from 'kysely'
import pg from 'pg'
import { expect, test, vi } from 'vitest'
import { makeDefinition, rowsOf } from './make-rows.ts'
import { useHandles } from './use-database.ts'

// Before any connection is open, so that it hears of every statement.
const sent = vi.spyOn(pg.Client.prototype, 'query')

const handles = useHandles()
const db = () => handles().owner

async function surveyWith(comments: string[] = []) {
  const projectId = (await createProject(db(), { name: 'Shop' })).project.id
  const survey = await createSurvey(db(), projectId, makeDefinition())
  const rows = rowsOf(projectId, survey.id)
  const store = (...responses: ResponseRow[]) => storeBatch(db(), { responses, displays: [], losses: [] })
  const comment = (why: string, given: Partial<ResponseRow> = {}) =>
    rows.response({ answers: { why }, textKeys: ['why'], ...given })
  await store(...comments.map((why) => comment(why)))
  return {
    ...rows,
    survey,
    store,
    comment,
    async find(search: string, filter: ResponseFilter = {}) {
      const { data } = await listResponses(db(), projectId, { search, ...filter })
      return data.map(({ answers }) => answers.why).sort()
    },
  }
}

const en = 'Delivery was two days late, café staff were RUDE'
const ko = '배송이 빠르고 포장이 정말 꼼꼼했어요'
const ja = '品揃えがよく、配送がはやい。サーバーのガイドが便利'
const zh = '支付页面卡住了两次，最后还是成功了'
const ar = 'كان الدَّفع سهلاً جداً، شكراً لأحمد'
const de = 'Die Größentabelle paßt nicht'

const wanted: [search: string, found: string[]][] = [
  ['delivery', [en]],
  ['LATE two', [en]],
  ['deliv', [en]],
  ['late deliv', [en]],
  ['deliv late', []],
  ['delivery early', []],
  ['cafe', [en]],
  ['ｄｅｌｉｖｅｒｙ', [en]],
  ['배송', [ko]],
  ['포장', [ko]],
  ['꼼꼼 배송', [ko]],
  ['배송 느림', []],
  ['송', [ko]],
  ['배', [ko]],
  ['요', [ko]],
  ['配送', [ja]],
  ['品揃え', [ja]],
  ['サーバー', [ja]],
  ['ｻｰﾊﾞｰ', [ja]],
  ['カイト', []],
  ['便利', [ja]],
  ['利', [ja]],
  ['支付', [zh]],
  ['页面', [zh]],
  ['成功了', [zh]],
  ['失败', []],
  ['الدفع', [ar]],
  ['احمد', []],
  ['لاحمد', [ar]],
  ['شكرا', [ar]],
  ['größe', [de]],
  ['grossen', []],
  ['!?', []],
  ["' | 'a", []],
]

test('what visitors wrote is found by its words, in every language', async () => {
  const { find } = await surveyWith([en, ko, ja, zh, ar, de])
  for (const [search, found] of wanted) expect([search, await find(search)]).toEqual([search, found])
})

test('free texts and "other" are found, choices and addresses are not', async () => {
  const { store, response, projectId } = await surveyWith()
  await store(
    response({
      answers: {
        why: 'parcel',
        note: 'second',
        choice: 'price',
        mail: 'kim@shop.example',
        one: { other: 'colour' },
        many: { keys: ['size'], other: 'smell' },
      },
      textKeys: ['why', 'note'],
    }),
  )
  const count = async (search: string) => (await listResponses(db(), projectId, { search })).data.length
  for (const search of ['parcel', 'second', 'colour', 'smell', 'parcel smell']) {
    expect([search, await count(search)]).toEqual([search, 1])
  }
  for (const search of ['price', 'size', 'kim']) expect([search, await count(search)]).toEqual([search, 0])
})

test('a response that grows is found by what it says now', async () => {
  const { store, comment, find } = await surveyWith()
  const first = comment('slow parcel')
  await store(first)
  await store({ ...first, seq: 2, answers: { why: 'broken parcel' } })
  expect(await find('slow')).toEqual([])
  expect(await find('broken')).toEqual(['broken parcel'])
  // An older copy arrives late: it changes nothing.
  await store({ ...first, seq: 1 })
  expect(await find('slow')).toEqual([])
  await store({ ...first, seq: 3, answers: {} })
  expect(await find('broken')).toEqual([])
})

test('a search stays in its survey and project, and takes the filters of the list', async () => {
  const { find, projectId, store, comment, surveyId } = await surveyWith(['good parcel'])
  const other = await createSurvey(db(), projectId, makeDefinition())
  const elsewhere = { answers: { why: 'their parcel' }, textKeys: ['why'] }
  await store(
    rowsOf(projectId, other.id).response(elsewhere),
    rowsOf(newId('prj'), surveyId).response(elsewhere),
  )
  await store(comment('bad parcel', { nps: 1, device: 'phone' }), comment('rehearsed parcel', { test: true }))
  expect(await find('parcel')).toEqual(['bad parcel', 'good parcel', 'their parcel'])
  expect(await find('parcel', { surveyId })).toEqual(['bad parcel', 'good parcel'])
  expect(await find('parcel', { surveyId: other.id })).toEqual(['their parcel'])
  expect(await find('parcel', { where: { nps: { $lte: 6 } } })).toEqual(['bad parcel'])
  expect(await find('parcel', { test: true })).toEqual(['rehearsed parcel'])
  expect(await find('parcel', { to: new Date(0) })).toEqual([])
  await db()
    .transaction()
    .execute((trx) => deleteTestResponses(trx, projectId, surveyId))
  const left = db().selectFrom('comments').select('id').where('project_id', '=', projectId)
  expect(await left.execute()).toHaveLength(3)
})

test('pages of what was found neither repeat nor miss one', async () => {
  const { projectId, store, comment } = await surveyWith()
  const rows = Array.from({ length: 45 }, (_, n) => comment(n % 3 === 0 ? `other ${n}` : `parcel ${n}`))
  for (let from = 0; from < rows.length; from += 9) await store(...rows.slice(from, from + 9))
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await listResponses(db(), projectId, {
      search: 'parcel',
      limit: 7,
      ...(cursor && { cursor }),
    })
    seen.push(...page.data.map(({ id }) => id))
    cursor = page.nextCursor ?? undefined
    await store(comment('new parcel'))
  } while (cursor)
  const parcels = rows.filter(({ answers }) => String(answers.why).startsWith('parcel'))
  expect(seen.toSorted()).toEqual(parcels.map(({ id }) => id).sort())
})

test('what came before there was a search is found after a rebuild, as is what a question of an old version got', async () => {
  const { projectId, survey, store, response, find } = await surveyWith()
  const text = { key: 'why', kind: 'text', text: { en: 'Why?' } } as const
  const definition = makeDefinition(survey.key)
  await sql`update surveys set draft = ${JSON.stringify({ ...definition, questions: [text] })}::jsonb where id = ${survey.id}`.execute(
    db(),
  )
  await db()
    .transaction()
    .execute((trx) => publishSurvey(trx, projectId, survey.id))
  await store(response({ answers: { why: '배송 지연' } }), response({ answers: { mail: 'a@b.example' } }))
  expect(await find('배송')).toEqual([])
  expect(await rebuildComments(db(), projectId)).toBe(1)
  expect(await rebuildComments(db(), projectId)).toBe(1)
  expect(await find('배송')).toEqual(['배송 지연'])
  expect(await find('example')).toEqual([])
})

test('the longest comment of any script is stored and found', async () => {
  const { store, comment, projectId } = await surveyWith()
  const han = Array.from({ length: 10_000 }, (_, n) =>
    String.fromCodePoint(0x4e00 + ((n * 7919) % 20_000)),
  ).join('')
  await store(comment(han), comment('a'.repeat(10_000)), comment('𠮷野家'), comment('\u0301\u0301'))
  const count = async (search: string) => (await listResponses(db(), projectId, { search })).data.length
  expect(await count(han.slice(0, 2))).toBe(1)
  expect(await count('a'.repeat(200))).toBe(1)
  expect(await count('𠮷野')).toBe(1)
})

test('a word is looked up in the index', async () => {
  const { projectId, surveyId, store, comment } = await surveyWith()
  for (let batch = 0; batch < 6; batch += 1) {
    await store(...Array.from({ length: 500 }, (_, n) => comment(`parcel number ${batch * 500 + n} 배송`)))
  }
  await sql`vacuum analyze comments, responses`.execute(db())
  for (const handle of [db(), forProject(handles().query, projectId)]) {
    sent.mockClear()
    expect((await listResponses(handle, projectId, { surveyId, search: '1234' })).data).toHaveLength(1)
    const calls = sent.mock.calls as unknown as [string, unknown[]][]
    const [text = '', parameters = []] = calls.find(([one]) => String(one).includes('comment_search')) ?? []
    const plan = await handle.transaction().execute(async (trx) => {
      await sql`select set_config('enable_seqscan', 'off', true)`.execute(trx)
      return trx.executeQuery<{ 'QUERY PLAN': string }>(CompiledQuery.raw(`explain ${text}`, parameters))
    })
    const lines = plan.rows.map((row) => row['QUERY PLAN']).join('\n')
    expect(lines).toContain('Bitmap Index Scan on comments_words_idx')
    expect(lines).toContain('Index Scan using responses_pkey on responses')
  }
})
