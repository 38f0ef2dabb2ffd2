import { randomUUID } from 'node:crypto'
import {
  createProject,
  createSurvey,
  deleteTestResponses,
  findResponse,
  findScreenshot,
  listResponses,
  type ResponseRow,
  type Screenshot,
  serverSecret,
  storeBatch,
  storeScreenshot,
} from '@heed/db'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { makeDefinition, rowsOf } from './make-rows.ts'
import { useDatabase } from './use-database.ts'

const db = useDatabase()
const picture: Screenshot = { type: 'image/webp', width: 8, height: 6, image: Buffer.from('a picture') }

async function answered(changes: Partial<ResponseRow> = {}) {
  const { project } = await createProject(db(), { name: 'Shop' })
  const survey = await createSurvey(db(), project.id, makeDefinition())
  const rows = rowsOf(project.id, survey.id)
  const response = rows.response(changes)
  await storeBatch(db(), { responses: [response], displays: [], losses: [] })
  return { projectId: project.id, survey, rows, response }
}
const age = (projectId: string, table: 'responses' | 'screenshots') =>
  sql`update ${sql.table(table)} set received_at = now() - interval '25 hours' where project_id = ${projectId}`.execute(
    db(),
  )

describe('the picture of a response', () => {
  test('is kept with it, the first one for good', async () => {
    const { projectId, response } = await answered()
    expect(await storeScreenshot(db(), projectId, response.id, picture)).toBe('stored')
    const other = { ...picture, image: Buffer.from('another') }
    expect(await storeScreenshot(db(), projectId, response.id, other)).toBe('duplicate')
    expect(await findScreenshot(db(), projectId, response.id)).toEqual(picture)
    expect(await findResponse(db(), projectId, response.id)).toMatchObject({ screenshot: true })
    expect((await listResponses(db(), projectId)).data).toMatchObject([{ screenshot: true }])
  })

  test('may arrive before it, and is not shown until it is here', async () => {
    const { projectId, rows } = await answered()
    const later = rows.response()
    expect(await storeScreenshot(db(), projectId, later.id, picture)).toBe('stored')
    expect(await findScreenshot(db(), projectId, later.id)).toBeUndefined()
    await storeBatch(db(), { responses: [later], displays: [], losses: [] })
    expect(await findScreenshot(db(), projectId, later.id)).toEqual(picture)
  })

  test('is deleted when it has not come within a day, and kept when it has', async () => {
    const { projectId, rows } = await answered()
    const [come, never] = [rows.response(), randomUUID()]
    await storeScreenshot(db(), projectId, come.id, picture)
    await storeScreenshot(db(), projectId, never, picture)
    await storeBatch(db(), { responses: [come], displays: [], losses: [] })
    await age(projectId, 'screenshots')
    await storeScreenshot(db(), projectId, randomUUID(), picture)
    const left = await db()
      .selectFrom('screenshots')
      .select(['response_id', 'settled'])
      .where('project_id', '=', projectId)
      .execute()
    expect(left).toHaveLength(2)
    expect(left).toContainEqual({ response_id: come.id, settled: true })
    expect(left.map((row) => row.response_id)).not.toContain(never)
  })

  test('is refused when the response can grow no more', async () => {
    const { projectId, response } = await answered()
    await age(projectId, 'responses')
    expect(await storeScreenshot(db(), projectId, response.id, picture)).toBe('late')
  })

  test('belongs to its project', async () => {
    const { projectId, response } = await answered()
    await storeScreenshot(db(), projectId, response.id, picture)
    const other = await answered()
    expect(await findScreenshot(db(), other.projectId, response.id)).toBeUndefined()
    expect(await findScreenshot(db(), projectId, 'no uuid')).toBeUndefined()
  })

  test('whoever makes ids up fills no disk', async () => {
    const { projectId, response } = await answered()
    for (let count = 0; count < 200; count++)
      expect(await storeScreenshot(db(), projectId, randomUUID(), picture)).toBe('stored')
    expect(await storeScreenshot(db(), projectId, randomUUID(), picture)).toBe('full')
    expect(await storeScreenshot(db(), projectId, response.id, picture)).toBe('stored')
  })
})

test('test responses go at once, with their pictures and displays; real ones stay', async () => {
  const { projectId, survey, rows, response } = await answered({ test: true })
  const deleteTests = () =>
    db()
      .transaction()
      .execute((trx) => deleteTestResponses(trx, projectId, survey.id))
  const [real, display] = [rows.response(), rows.display('shown', { test: true })]
  await storeBatch(db(), { responses: [real], displays: [display, rows.display('shown')], losses: [] })
  await storeScreenshot(db(), projectId, response.id, picture)
  await storeScreenshot(db(), projectId, real.id, picture)
  expect(await deleteTests()).toBe(1)
  expect(await deleteTests()).toBe(0)
  expect((await listResponses(db(), projectId, { test: true })).data).toEqual([])
  expect((await listResponses(db(), projectId)).data).toMatchObject([{ id: real.id, screenshot: true }])
  const count = (table: 'screenshots' | 'displays') =>
    db().selectFrom(table).select('project_id').where('project_id', '=', projectId).execute()
  expect(await count('screenshots')).toHaveLength(1)
  expect(await count('displays')).toHaveLength(1)
})

test('test responses wait for an answer that is being stored, and neither ends the other', async () => {
  const { projectId, survey, response } = await answered({
    test: true,
    answers: { why: 'slow' },
    textKeys: ['why'],
  })
  const deleted = await db()
    .transaction()
    .execute(async (trx) => {
      // As ingest does when an answer grows: the response, then its words.
      await sql`update responses set seq = 2 where project_id = ${projectId} and id = ${response.id}`.execute(
        trx,
      )
      const deletion = db()
        .transaction()
        .execute((other) => deleteTestResponses(other, projectId, survey.id))
      const waiting = sql`
        select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
      await expect.poll(async () => (await waiting.execute(db())).rows, { timeout: 10_000 }).toHaveLength(1)
      await sql`update comments set seq = 2 where project_id = ${projectId} and id = ${response.id}`.execute(
        trx,
      )
      return () => deletion
    })
  expect(await deleted()).toBe(1)
})

test('a secret of the installation is made once, even by several at once', async () => {
  const made = await Promise.all(Array.from({ length: 5 }, () => serverSecret(db(), 'preview')))
  expect(new Set(made).size).toBe(1)
  expect(await serverSecret(db(), 'preview')).toBe(made[0])
  expect(await serverSecret(db(), 'other')).not.toBe(made[0])
})
