import {
  addUsage,
  countFunnel,
  countLosses,
  countScores,
  createProject,
  createSecretKey,
  createSurvey,
  type Database,
  deleteTestResponses,
  findPages,
  findProject,
  findProjectByPublicKey,
  findResponse,
  findScreenshot,
  findSecretKey,
  findSurvey,
  findSurveyVersion,
  hashSecret,
  listEventNames,
  listFullSurveys,
  listKeys,
  listLiveSurveys,
  listProjects,
  listRejects,
  listResponses,
  listSurveys,
  listSurveyVersions,
  projectSecret,
  publishSurvey,
  rebuildComments,
  rebuildRollups,
  revokeKey,
  rollUp,
  serverSecret,
  setSurveyStatus,
  storeBatch,
  storeEventNames,
  storeRejects,
  storeScreenshot,
  streamResponses,
  updateProject,
  updateResponse,
  updateSurveyDraft,
} from '@heed/db'
import { type Kysely, sql } from 'kysely'
import { makeDefinition, rowsOf } from '../make-rows.ts'

const day = { from: new Date('2026-01-01T00:00:00Z'), to: new Date('2027-01-01T00:00:00Z') }
const end = new Date('2100-01-01T00:00:00Z')

/** What an installation does in its life, one call of each kind, so that every statement of a build is sent once. */
export async function useEverything(db: Kysely<Database>): Promise<void> {
  const { project, secretKey } = await createProject(db, { name: 'Shop' })
  const projectId = project.id
  await updateProject(db, projectId, { name: 'Shop of before', settings: { cooldownDays: 3 } })
  await findProject(db, projectId)
  await findProjectByPublicKey(db, project.publicKey)
  await listProjects(db)
  const key = await createSecretKey(db, projectId, { name: 'reader', scopes: ['read'] })
  await findSecretKey(db, hashSecret(secretKey))
  await revokeKey(db, projectId, key.id)
  await listKeys(db, projectId)
  await projectSecret(db, projectId, 'pages')
  await serverSecret(db, 'previews')

  const survey = await createSurvey(db, projectId, makeDefinition('after-the-order'))
  await updateSurveyDraft(db, projectId, survey.id, { ...makeDefinition('after-the-order'), priority: 2 })
  await db.transaction().execute((trx) => publishSurvey(trx, projectId, survey.id))
  await setSurveyStatus(db, projectId, survey.id, 'paused')
  await setSurveyStatus(db, projectId, survey.id, 'live')
  await listSurveys(db, projectId)
  await findSurvey(db, projectId, 'after-the-order')
  await findSurveyVersion(db, projectId, survey.id, 1)
  await listSurveyVersions(db, projectId, survey.id)
  await listLiveSurveys(db, projectId)
  await findPages(db, 'after-the-order')
  await storeEventNames(db, projectId, ['purchase', 'view_item'])
  await listEventNames(db, projectId)

  await answer(db, projectId, survey.id)
  await addUsage(db, [{ projectId, rows: 3, bytes: 4_000 }])
  await listFullSurveys(db, projectId)
  await storeRejects(db, projectId, [
    {
      reason: 'invalid_answer',
      detail: 'answers.nps: expected an integer from 0 to 10, got 11',
      sdk: '1.0.0',
      kind: 'response',
      surveyId: survey.id,
      responseId: null,
      visitor: 'v1',
      subject: null,
      item: '{}',
    },
  ])
  await listRejects(db, projectId)
  await read(db, projectId, survey.id)
}

async function answer(db: Kysely<Database>, projectId: string, surveyId: string): Promise<void> {
  const rows = rowsOf(projectId, surveyId)
  const none = { responses: [], displays: [], losses: [] }
  const growing = rows.response({
    nps: 3,
    answers: { nps: 3 },
    visitor: 'v1',
    device: 'phone',
    country: 'KR',
  })
  const written = {
    ...rows.response({ nps: 9, answers: { nps: 9, why: 'Fast delivery' }, completed: true, subject: 's1' }),
    textKeys: ['why'],
  }
  const tried = rows.response({ nps: 10, answers: { nps: 10 }, test: true })
  const seen = rows.display('seen')
  const lost = rows.loss()
  await storeBatch(db, { ...none, responses: [growing] })
  await storeBatch(db, { ...none, responses: [{ ...growing, seq: 2, nps: 4, answers: { nps: 4 } }, written] })
  await storeBatch(db, { responses: [tried], displays: [rows.display('shown')], losses: [rows.loss()] })
  await storeBatch(db, {
    responses: [{ ...written, id: crypto.randomUUID() }],
    displays: [seen],
    losses: [lost],
  })
  await storeBatch(db, { ...none, responses: [written], displays: [rows.display('completed')] })
  await storeBatch(db, { ...none, displays: [{ ...seen, states: seen.states | 8 }], losses: [lost] })
  await storeBatch(db, { ...none, displays: [seen] })
  await storeBatch(db, { ...none, losses: [rows.loss()] })
  const picture = { type: 'image/png', width: 1, height: 1, image: Buffer.from('a picture') } as const
  await storeScreenshot(db, projectId, growing.id, picture)
  await findScreenshot(db, projectId, growing.id)
  await updateResponse(db, projectId, growing.id, { tags: ['seen'], note: 'called back' })
  await updateResponse(db, projectId, tried.id, { excluded: true })
  await findResponse(db, projectId, written.id)
  // Into the past, so that each replay finds the same hours.
  await sql`update responses set received_at = '2026-03-04T10:20:00Z' where project_id = ${projectId}`.execute(
    db,
  )
  await sql`update displays set received_at = '2026-03-04T10:20:00Z' where project_id = ${projectId}`.execute(
    db,
  )
}

async function read(db: Kysely<Database>, projectId: string, surveyId: string): Promise<void> {
  const scores = (query: Partial<Parameters<typeof countScores>[2]>) =>
    countScores(db, projectId, { surveyId, metric: 'nps', ...day, ...query })
  await scores({})
  await rollUp(db, { until: end })
  await scores({ interval: 'day', timezone: 'Asia/Seoul', by: 'device' })
  await scores({ by: 'page', where: { device: 'phone' } })
  await countFunnel(db, projectId, { surveyId, by: 'device', ...day })
  await countLosses(db, projectId, { from: null, to: null })
  const first = await listResponses(db, projectId, { surveyId, limit: 1 })
  await listResponses(db, projectId, { limit: 1, ...(first.nextCursor && { cursor: first.nextCursor }) })
  await listResponses(db, projectId, { surveyId, search: 'deliv', where: { completed: true } })
  for await (const _ of streamResponses(db, projectId));
  await rebuildRollups(db, projectId)
  await rebuildComments(db, projectId)
  await db.transaction().execute((trx) => deleteTestResponses(trx, projectId, surveyId))
  await scores({ interval: 'month' })
}
