import {
  countFunnel,
  countScores,
  createProject,
  createSurvey,
  findResponse,
  listFullSurveys,
  listResponses,
  publishSurvey,
  type ResponseRow,
  rollUp,
  storeBatch,
  updateProject,
  updateResponse,
} from '@heed/db'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { always, makeDefinition, rowsOf } from './make-rows.ts'
import { useDatabase } from './use-database.ts'

const db = useDatabase()

async function newSurvey(maxResponses: number | null = null) {
  const projectId = (await createProject(db(), { name: 'Shop' })).project.id
  const survey = await createSurvey(db(), projectId, { ...makeDefinition(), maxResponses })
  await db()
    .transaction()
    .execute((trx) => publishSurvey(trx, projectId, survey.id))
  const rows = rowsOf(projectId, survey.id)
  return {
    ...rows,
    store: (...responses: ResponseRow[]) => storeBatch(db(), { responses, displays: [], losses: [] }),
    find: (row: ResponseRow) => findResponse(db(), projectId, row.id),
    patch: (row: ResponseRow, suspicious: boolean) => updateResponse(db(), projectId, row.id, { suspicious }),
    total: async (withSuspicious = false) =>
      (await countScores(db(), projectId, { surveyId: survey.id, metric: 'nps', ...always, withSuspicious }))
        .total,
    funnel: async (withSuspicious = false) =>
      (await countFunnel(db(), projectId, { surveyId: survey.id, ...always, withSuspicious })).counts,
  }
}

test('a response from 50 is suspicious, kept with its score and reasons', async () => {
  const { store, response, find } = await newSurvey()
  const [plain, doubtful, bad] = [
    response(),
    response({ suspicion: 49, suspicionReasons: ['missingTicket', 'fast'] }),
    response({ suspicion: 50, suspicionReasons: ['burst'] }),
  ]
  await store(plain, doubtful, bad)
  expect(await find(plain)).toMatchObject({ suspicion: { score: 0, reasons: [] }, suspicious: false })
  expect(await find(doubtful)).toMatchObject({
    suspicion: { score: 49, reasons: ['missingTicket', 'fast'] },
    suspicious: false,
  })
  expect(await find(bad)).toMatchObject({ suspicion: { score: 50, reasons: ['burst'] }, suspicious: true })
})

test('a response that grows keeps the larger score, within one batch and over several', async () => {
  const { store, response, find } = await newSurvey()
  for (const sends of [1, 2]) {
    const first = response({ suspicion: 60, suspicionReasons: ['forgedTicket'] })
    const grown = { ...first, seq: 2, suspicion: 30, suspicionReasons: ['missingTicket'] as const }
    if (sends === 1) await store(first, grown)
    else {
      await store(first)
      await store(grown)
    }
    expect(await find(first)).toMatchObject({
      seq: 2,
      suspicion: { score: 60, reasons: ['forgedTicket'] },
      suspicious: true,
    })
    await store({ ...first, seq: 3, suspicion: 100, suspicionReasons: ['bot'] })
    expect(await find(first)).toMatchObject({ suspicion: { score: 100, reasons: ['bot'] } })
  }
})

test('what a person says of a response stays, however it grows', async () => {
  const { store, response, find, patch } = await newSurvey()
  const trusted = response({ suspicion: 60, suspicionReasons: ['burst'] })
  const refused = response()
  await store(trusted, refused)
  await patch(trusted, false)
  await patch(refused, true)
  await store({ ...trusted, seq: 2, suspicion: 100, suspicionReasons: ['bot'] }, { ...refused, seq: 2 })
  expect(await find(trusted)).toMatchObject({ suspicion: { score: 100 }, suspicious: false })
  expect(await find(refused)).toMatchObject({ suspicion: { score: 0 }, suspicious: true })
})

test('a hundred answers of bots leave the numbers as they were, and one word brings them back', async () => {
  const { store, response, projectId, surveyId, total } = await newSurvey()
  const bots = Array.from({ length: 100 }, () =>
    response({ nps: 10, suspicion: 100, suspicionReasons: ['bot'] }),
  )
  await store(response({ nps: 3 }), ...bots)
  expect(await total()).toMatchObject({ 3: 1, 10: 0 })
  expect(await total(true)).toMatchObject({ 3: 1, 10: 100 })
  const before = new Date(Date.now() - 3 * 3_600_000)
  await sql`update responses set received_at = ${before} where survey_id = ${surveyId}`.execute(db())
  await rollUp(db(), { until: new Date(Date.now() - 3_600_000) })
  expect(
    await db().selectFrom('score_hours').selectAll().where('survey_id', '=', surveyId).execute(),
  ).not.toEqual([])
  expect(await total()).toMatchObject({ 3: 1, 10: 0 })
  expect(await total(true)).toMatchObject({ 3: 1, 10: 100 })
  const only = await listResponses(db(), projectId, { suspicious: true, limit: 200 })
  expect(only.data).toHaveLength(100)
  expect((await listResponses(db(), projectId, { suspicious: false })).data).toHaveLength(1)
})

test('the funnel leaves displays of bots out, and believes what a person says of their answer', async () => {
  const { response, display, projectId, funnel, patch } = await newSurvey()
  const answered = response({ suspicion: 100, suspicionReasons: ['bot'] })
  await storeBatch(db(), {
    responses: [answered],
    displays: [
      display('shown'),
      display('shown', { suspicious: true }),
      display('seen', { id: answered.id, suspicious: true }),
    ],
    losses: [],
  })
  expect(await funnel()).toMatchObject({ shown: 1, answered: 0 })
  expect(await funnel(true)).toMatchObject({ shown: 3, answered: 1 })
  await patch(answered, false)
  expect(await funnel()).toMatchObject({ shown: 2, answered: 1 })
  // A state that brings nothing new but the suspicion is stored too.
  const late = display('shown')
  const again = { responses: [], losses: [] }
  await storeBatch(db(), { ...again, displays: [late] })
  expect(await funnel()).toMatchObject({ shown: 3 })
  await storeBatch(db(), { ...again, displays: [{ ...late, suspicious: true }] })
  expect(await funnel()).toMatchObject({ shown: 2 })
  expect(projectId).toMatch(/^prj_/)
})

test('bots cannot use up the responses that a survey asks for, unless the project counts them', async () => {
  const { store, response, projectId, surveyId } = await newSurvey(2)
  await store(
    response(),
    ...Array.from({ length: 5 }, () => response({ suspicion: 100, suspicionReasons: ['bot'] })),
  )
  expect(await listFullSurveys(db(), projectId)).toEqual([])
  await updateProject(db(), projectId, { settings: { suspicious: 'include' } })
  expect(await listFullSurveys(db(), projectId)).toEqual([surveyId])
})
