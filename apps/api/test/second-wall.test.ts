import type { Survey } from '@heed/contract'
import { createProject, listSurveys } from '@heed/db'
import { pixel } from '@heed/test-stack/pixel'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { warnOfOneWall } from '../src/wall.ts'
import { definition } from './support/definition.ts'
import { newResponseId, response, startApi, type TestApi } from './support/start-api.ts'

/** Stands in everything that the other project has. */
const marker = 'zanzibar'

let isFirstWallGone = false
const { query } = pg.Client.prototype
/** Every statement of this process without the condition that names the project: what it asks for is there for any. */
pg.Client.prototype.query = function queryWithoutFirstWall(this: pg.Client, ...args: unknown[]) {
  const [first] = args
  if (isFirstWallGone && typeof first === 'string') args[0] = withoutFirstWall(first)
  return Reflect.apply(query as (...args: unknown[]) => unknown, this, args)
} as typeof query

function withoutFirstWall(text: string): string {
  const anybody = (_all: string, parameter: string) => `(${parameter}::text is not null)`
  const open = text.replaceAll(/(?:"?\w+"?\.)?"?project_id"? = (\$\d+)/g, anybody)
  return /(?:from|update) "projects"/.test(text) ? open.replaceAll(/"id" = (\$\d+)/g, anybody) : open
}

let api: TestApi
let ours: Survey
let ourResponse = ''
let theirs = ''
let theirResponse = ''
let theirProject = ''
let theirKey = ''
let operations: string[] = []

beforeAll(async () => {
  api = await startApi()
  const other = await createProject(api.db, { name: marker })
  theirProject = other.project.id
  theirKey = other.secretKey
  ours = await api.publish({ key: 'shared' })
  const manage = (path: string, payload?: object) =>
    api.app.inject({
      method: 'POST',
      url: `/v1/projects/${theirProject}${path}`,
      headers: { authorization: `Bearer ${theirKey}` },
      ...(payload && { payload }),
    })
  const created = await manage('/surveys', definition({ key: 'shared', name: marker }))
  theirs = created.json<Survey>().id
  await manage('/surveys/shared/publish')

  const survey = { id: theirs, version: 1 }
  const answer = (of: Pick<Survey, 'id' | 'version'>, word: string) =>
    response(of, {
      answers: { nps: 9, why: word },
      visitor: 'visitor-1',
      subject: 'subject-1',
      context: { url: `https://shop.example/${word}` },
    })
  const [own, their] = [answer(ours, 'parcel'), answer(survey, marker)]
  ourResponse = own.id
  theirResponse = their.id
  const sendTo = (publicKey: string, items: unknown[], events: string[]) =>
    api.app.inject({
      method: 'POST',
      url: `/v1/ingest/${publicKey}`,
      headers: { 'content-type': 'text/plain' },
      payload: JSON.stringify({ sdk: '1.0.0', items, events }),
    })
  const wrong = (word: string) =>
    response(survey, { id: newResponseId(), surveyId: word, answers: { why: word } })
  const shown = (item: typeof own) => ({ ...item, type: 'display', state: 'shown' })
  await sendTo(api.project.publicKey, [own, shown(own), wrong('nowhere')], ['purchase'])
  await sendTo(other.project.publicKey, [their, shown(their), wrong(marker)], [marker])
  for (const [publicKey, id] of [
    [api.project.publicKey, ourResponse],
    [other.project.publicKey, theirResponse],
  ]) {
    await api.app.inject({
      method: 'POST',
      url: `/v1/screenshots/${publicKey}/${id}`,
      headers: { 'content-type': 'image/png' },
      payload: pixel,
    })
  }
  await Promise.all([api.app.services.eventNames.flush(), api.app.services.rejects.flush()])
  const { paths } = (await api.app.inject('/openapi.json')).json<{ paths: Record<string, object> }>()
  operations = Object.keys(paths).filter(
    (path) => path.startsWith('/v1/projects') && 'get' in (paths[path] ?? {}),
  )
})
afterEach(() => {
  isFirstWallGone = false
})
afterAll(async () => {
  pg.Client.prototype.query = query
  await api.close()
})

const places = (survey: string, responseId: string): Record<string, string> => ({
  projectId: api.project.id,
  surveyId: survey,
  responseId,
  visitor: 'visitor-1',
  subject: 'subject-1',
})

/** What our key reads at every address of the management API. */
async function readEverything(survey: string, responseId: string): Promise<Record<string, string>> {
  const replies: Record<string, string> = {}
  const asked = [
    ...operations,
    '/v1/projects/{projectId}/responses?search=zanzibar',
    '/v1/projects/{projectId}/export?format=ndjson',
    '/v1/projects/{projectId}/metrics?survey=shared&interval=day&by=country',
    '/v1/projects/{projectId}/metrics?survey=shared&where={"completed":{"$in":[true,false]}}',
  ]
  for (const path of asked) {
    const filled = path.replaceAll(/\{(\w+)\}/g, (_all, name) => places(survey, responseId)[name] ?? name)
    const needsSurvey = /\/(metrics|funnel)$/.test(path)
    const reply = await api.app.inject({
      url: encodeURI(needsSurvey ? `${filled}?survey=shared` : filled),
      headers: { authorization: `Bearer ${api.secretKey}` },
    })
    expect([path, reply.statusCode < 500]).toEqual([path, true])
    replies[path] = `${reply.statusCode} ${reply.body}`
  }
  return replies
}

/** What copies and exports say of themselves goes on: each reading adds an entry. */
const lasting = (replies: Record<string, string>) =>
  Object.entries(replies).filter(([path]) => !path.endsWith('/audit'))

test('without the conditions in its statements the API reads the same, and nothing of another project', async () => {
  const before = await readEverything(ours.id, ourResponse)
  expect(Object.keys(before).length).toBeGreaterThan(14)
  isFirstWallGone = true
  // The wall is gone indeed: the owner's handle shows everybody's surveys to whoever asks for one project's.
  const everybody = await listSurveys(api.app.services.connections.ownerDb, api.project.id)
  expect(everybody.map(({ name }) => name)).toContain(marker)

  const after = await readEverything(ours.id, ourResponse)
  expect(lasting(after)).toEqual(lasting(before))
  for (const [path, reply] of Object.entries(after)) {
    expect([path, reply.includes(theirs) || reply.includes(theirProject)]).toEqual([path, false])
    if (!path.includes('search=')) expect([path, reply.includes(marker)]).toEqual([path, false])
  }
  for (const reply of Object.values(await readEverything(theirs, theirResponse))) {
    expect(reply.includes(theirProject)).toBe(false)
  }
  expect(
    (await readEverything(ours.id, theirResponse))['/v1/projects/{projectId}/responses/{responseId}'],
  ).toMatch(/^404/)
})

test('without them it changes and deletes nothing of another project', async () => {
  isFirstWallGone = true
  expect((await api.call('PATCH', '', { name: 'Ours' })).status).toBe(200)
  expect((await api.call('PATCH', `/responses/${theirResponse}`, { note: 'x', test: true })).status).toBe(404)
  expect((await api.call('POST', `/surveys/${theirs}/pause`)).status).toBe(404)
  expect((await api.call('PUT', `/surveys/${theirs}`, definition({ key: 'x' }))).status).toBe(404)
  await api.call('DELETE', '/visitors/visitor-1')
  await api.call('DELETE', '/subjects/subject-1')
  isFirstWallGone = false
  const left = await api.db
    .selectFrom('responses')
    .selectAll()
    .where('project_id', '=', theirProject)
    .execute()
  expect(left).toMatchObject([{ id: theirResponse, note: null, test: false, visitor: 'visitor-1' }])
  const survey = await api.db.selectFrom('surveys').selectAll().where('id', '=', theirs).executeTakeFirst()
  expect(survey).toMatchObject({ status: 'live', key: 'shared' })
  const project = await api.db.selectFrom('projects').select('name').where('id', '=', theirProject).execute()
  expect(project).toEqual([{ name: marker }])
})

test('a server without roles says at start what SQL gives it the second wall, and says it in its figures', async () => {
  const sql = 'create role heed_query_shop nologin;'
  const lines: [object, string][] = []
  const log = { error: () => {}, warn: (...line: [object, string]) => void lines.push(line) }
  warnOfOneWall(log as never, { stands: false, sql })
  warnOfOneWall(log as never, { stands: true })
  expect(lines).toEqual([
    [{ sql }, expect.stringMatching(/^one wall between projects: .*docs\/security\.md/)],
  ])
  const { body } = await api.app.inject('/metrics')
  expect(body).toMatch(/^heed_db_walls 2$/m)
})
