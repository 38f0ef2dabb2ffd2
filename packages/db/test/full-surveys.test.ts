import {
  createProject,
  createSurvey,
  findPages,
  listFullSurveys,
  publishSurvey,
  setSurveyStatus,
  storeBatch,
  updateResponse,
} from '@heed/db'
import { describe, expect, test } from 'vitest'
import { makeDefinition, rowsOf } from './make-rows.ts'
import { useDatabase } from './use-database.ts'

const db = useDatabase()

async function published(changes: Partial<ReturnType<typeof makeDefinition>>) {
  const { project } = await createProject(db(), { name: 'Shop' })
  const survey = await createSurvey(db(), project.id, { ...makeDefinition(), ...changes })
  await db()
    .transaction()
    .execute((trx) => publishSurvey(trx, project.id, survey.id))
  return { project, survey, rows: rowsOf(project.id, survey.id) }
}

describe('a survey that wants so many responses', () => {
  test('is full when they are here; tests and excluded ones do not count', async () => {
    const { project, survey, rows } = await published({ maxResponses: 2 })
    const [one, two] = [rows.response(), rows.response()]
    const full = () => listFullSurveys(db(), project.id)
    await storeBatch(db(), { responses: [one, rows.response({ test: true })], displays: [], losses: [] })
    expect(await full()).toEqual([])
    await storeBatch(db(), { responses: [two, rows.response()], displays: [], losses: [] })
    expect(await full()).toEqual([survey.id])
    await updateResponse(db(), project.id, one.id, { excluded: true })
    expect(await full()).toEqual([survey.id])
    await updateResponse(db(), project.id, two.id, { excluded: true })
    expect(await full()).toEqual([])
  })

  test('is not told of when it is closed, and never when it has no limit', async () => {
    const limited = await published({ maxResponses: 1 })
    await storeBatch(db(), { responses: [limited.rows.response()], displays: [], losses: [] })
    await setSurveyStatus(db(), limited.project.id, limited.survey.id, 'paused')
    expect(await listFullSurveys(db(), limited.project.id)).toEqual([])
    const endless = await published({ maxResponses: null })
    await storeBatch(db(), { responses: [endless.rows.response()], displays: [], losses: [] })
    expect(await listFullSurveys(db(), endless.project.id)).toEqual([])
  })
})

test('a survey on a page of its own is found by its key alone, two at most', async () => {
  const key = 'by-mail'
  const page = { key, display: { kind: 'page' as const } }
  await published({ key })
  const [one, two, three] = [await published(page), await published(page), await published(page)]
  expect(await findPages(db(), key)).toHaveLength(2)
  for (const { project, survey } of [two, three]) await setSurveyStatus(db(), project.id, survey.id, 'paused')
  expect(await findPages(db(), key)).toEqual([one.project.publicKey])
  expect(await findPages(db(), 'other')).toEqual([])
})
