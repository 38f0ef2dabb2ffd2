import {
  countLosses,
  createProject,
  createSurvey,
  findResponse,
  InvalidCursorError,
  listResponses,
  type ResponseFilter,
  type ResponseRow,
  storeBatch,
  streamResponses,
  updateResponse,
} from '@heed/db'
import { expect, test } from 'vitest'
import { always, makeDefinition, rowsOf } from './make-rows.ts'
import { useDatabase } from './use-database.ts'

const db = useDatabase()

async function projectWithSurvey() {
  const projectId = (await createProject(db(), { name: 'Shop' })).project.id
  const survey = await createSurvey(db(), projectId, makeDefinition())
  return { ...rowsOf(projectId, survey.id), survey }
}

const store = (...responses: ResponseRow[]) => storeBatch(db(), { responses, displays: [], losses: [] })

async function collect(projectId: string, filter?: ResponseFilter) {
  const ids: string[] = []
  for await (const response of streamResponses(db(), projectId, filter)) ids.push(response.id)
  return ids
}

test('a listed response carries what was stored, its survey by key', async () => {
  const { projectId, survey, response } = await projectWithSurvey()
  const row = response({
    locale: 'ko',
    country: 'KR',
    answers: { nps: 9 },
    context: { url: 'https://shop.example/' },
  })
  await store(row)
  const { data, nextCursor } = await listResponses(db(), projectId)
  expect(nextCursor).toBeNull()
  expect(data).toMatchObject([
    {
      id: row.id,
      surveyId: survey.id,
      surveyKey: survey.key,
      version: 1,
      locale: 'ko',
      country: 'KR',
      visitor: null,
      answers: { nps: 9 },
      context: { url: 'https://shop.example/' },
      tags: [],
      note: null,
    },
  ])
  expect(await findResponse(db(), projectId, row.id)).toEqual(data[0])
  expect(data[0]?.receivedAt).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
})

test('pages neither repeat nor miss a response while others arrive, even with equal times', async () => {
  const { projectId, response } = await projectWithSurvey()
  const rows = Array.from({ length: 100 }, () => response())
  // One statement, one time: only the id orders them.
  await store(...rows)
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await listResponses(db(), projectId, { limit: 7, ...(cursor && { cursor }) })
    seen.push(...page.data.map(({ id }) => id))
    cursor = page.nextCursor ?? undefined
    await store(response(), response())
  } while (cursor)
  expect(seen).toHaveLength(100)
  expect(seen.toSorted()).toEqual(rows.map(({ id }) => id).sort())
})

test('the last full page has no next one', async () => {
  const { projectId, response } = await projectWithSurvey()
  await store(response(), response())
  expect((await listResponses(db(), projectId, { limit: 2 })).nextCursor).toBeNull()
  expect((await listResponses(db(), projectId, { limit: 1 })).nextCursor).not.toBeNull()
})

test('responses of all surveys of a project come newest first', async () => {
  const first = await projectWithSurvey()
  const second = rowsOf(first.projectId, (await createSurvey(db(), first.projectId, makeDefinition())).id)
  const rows: ResponseRow[] = []
  for (let round = 0; round < 4; round++) {
    const row = (round % 2 ? first : second).response()
    rows.unshift(row)
    await store(row)
  }
  const { data } = await listResponses(db(), first.projectId, { limit: 3 })
  expect(data.map(({ id }) => id)).toEqual(rows.slice(0, 3).map(({ id }) => id))
  expect(await collect(first.projectId)).toEqual(rows.map(({ id }) => id))
})

test('test responses are listed only when asked for, excluded ones unless told', async () => {
  const { projectId, response } = await projectWithSurvey()
  const [good, spam, rehearsal] = [response(), response(), response({ test: true })]
  await store(good, spam, rehearsal)
  await updateResponse(db(), projectId, spam.id, { excluded: true })
  const ids = async (filter: ResponseFilter) =>
    (await listResponses(db(), projectId, filter)).data.map(({ id }) => id).sort()
  expect(await ids({})).toEqual([good.id, spam.id].sort())
  expect(await ids({ excluded: false })).toEqual([good.id])
  expect(await ids({ test: true })).toEqual([rehearsal.id])
})

test('a filter by score and segment applies to the list and the export', async () => {
  const { projectId, surveyId, response } = await projectWithSurvey()
  const unhappy = response({ nps: 2, device: 'phone' })
  await store(unhappy, response({ nps: 10, device: 'phone' }), response({ nps: 2, device: 'desktop' }))
  const where = { nps: { $lte: 6 }, device: 'phone' }
  expect((await listResponses(db(), projectId, { surveyId, where })).data.map(({ id }) => id)).toEqual([
    unhappy.id,
  ])
  expect(await collect(projectId, { where })).toEqual([unhappy.id])
})

test('an export of more than one step has every response once', async () => {
  const { projectId, surveyId, response } = await projectWithSurvey()
  const rows = Array.from({ length: 1203 }, () => response())
  await store(...rows)
  const exported = await collect(projectId, { surveyId })
  expect(exported).toHaveLength(1203)
  expect(new Set(exported).size).toBe(1203)
})

test('a cursor that nobody handed out is refused', async () => {
  const { projectId } = await projectWithSurvey()
  for (const cursor of ['', 'abc', Buffer.from("1 ' or true").toString('base64url')]) {
    await expect(listResponses(db(), projectId, { cursor })).rejects.toThrow(InvalidCursorError)
  }
})

test('a marketer tags, notes and excludes, only in the own project', async () => {
  const { projectId, response } = await projectWithSurvey()
  const row = response({ answers: { nps: 3 } })
  await store(row)
  const patch = { tags: ['delivery', '배송'], note: 'called back', excluded: true }
  expect(await updateResponse(db(), projectId, row.id, patch)).toMatchObject({
    ...patch,
    answers: { nps: 3 },
  })
  expect(await updateResponse(db(), projectId, row.id, { note: null })).toMatchObject({
    ...patch,
    note: null,
  })
  expect(await updateResponse(db(), 'prj_other', row.id, { note: 'x' })).toBeUndefined()
  expect(await findResponse(db(), projectId, 'not-a-uuid')).toBeUndefined()
  expect(await updateResponse(db(), projectId, 'not-a-uuid', { note: 'x' })).toBeUndefined()
})

test('losses are counted by reason', async () => {
  const { projectId, loss } = await projectWithSurvey()
  const losses = [loss({ count: 2 }), loss({ count: 3 }), loss({ reason: 'expired' })]
  await storeBatch(db(), { responses: [], displays: [], losses })
  expect(await countLosses(db(), projectId, always)).toEqual({ quota: 5, expired: 1 })
  expect(await countLosses(db(), projectId, { from: null, to: new Date(0) })).toEqual({})
})
