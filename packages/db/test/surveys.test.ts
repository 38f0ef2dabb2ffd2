import {
  createProject,
  createSurvey,
  findSurvey,
  findSurveyVersion,
  listLiveSurveys,
  listSurveys,
  listSurveyVersions,
  publishSurvey,
  SurveyKeyTakenError,
  SurveyNotPublishedError,
  setSurveyStatus,
  updateSurveyDraft,
} from '@heed/db'
import { expect, test } from 'vitest'
import { makeDefinition } from './make-rows.ts'
import { useDatabase } from './use-database.ts'

const db = useDatabase()
const newProject = async () => (await createProject(db(), { name: 'Shop' })).project.id
const publish = (projectId: string, surveyId: string) =>
  db()
    .transaction()
    .execute((trx) => publishSurvey(trx, projectId, surveyId))

test('a draft is found by id and by key, in its project only', async () => {
  const [projectId, other] = [await newProject(), await newProject()]
  const survey = await createSurvey(db(), projectId, makeDefinition('after-order'))
  expect(survey).toMatchObject({ key: 'after-order', status: 'draft', version: 0, locales: ['en'] })
  expect(await findSurvey(db(), projectId, survey.id)).toEqual(survey)
  expect(await findSurvey(db(), projectId, 'after-order')).toEqual(survey)
  expect(await findSurvey(db(), other, survey.id)).toBeUndefined()
  expect(await listSurveys(db(), projectId)).toEqual([survey])
})

test('a key is unique in its project and free in another', async () => {
  const [projectId, other] = [await newProject(), await newProject()]
  await createSurvey(db(), projectId, makeDefinition('same'))
  await createSurvey(db(), other, makeDefinition('same'))
  const second = await createSurvey(db(), projectId, makeDefinition('different'))
  await expect(createSurvey(db(), projectId, makeDefinition('same'))).rejects.toThrow(SurveyKeyTakenError)
  const renamed = updateSurveyDraft(db(), projectId, second.id, makeDefinition('same'))
  await expect(renamed).rejects.toThrow('"same"')
})

test('publishing freezes the draft; later edits do not reach visitors until published', async () => {
  const projectId = await newProject()
  const { id } = await createSurvey(db(), projectId, makeDefinition('nps'))
  expect(await publish(projectId, id)).toMatchObject({ status: 'live', version: 1 })
  await updateSurveyDraft(db(), projectId, id, { ...makeDefinition('nps'), name: 'Second' })
  expect(await listLiveSurveys(db(), projectId)).toMatchObject([
    { surveyId: id, version: 1, definition: { name: 'nps' } },
  ])
  await publish(projectId, id)
  expect(await listLiveSurveys(db(), projectId)).toMatchObject([
    { version: 2, definition: { name: 'Second' } },
  ])
  expect((await listSurveyVersions(db(), projectId, id)).map(({ version }) => version)).toEqual([2, 1])
  expect(await findSurveyVersion(db(), projectId, id, 1)).toMatchObject({
    definition: { name: 'nps' },
    closedAt: null,
  })
  expect(await findSurveyVersion(db(), projectId, id, 3)).toBeUndefined()
})

test('two publications at once make two versions', async () => {
  const projectId = await newProject()
  const { id } = await createSurvey(db(), projectId, makeDefinition())
  const published = await Promise.all([publish(projectId, id), publish(projectId, id)])
  expect(published.map((survey) => survey?.version).sort()).toEqual([1, 2])
})

test('a paused survey keeps the moment it closed, is out of the config, and may resume', async () => {
  const projectId = await newProject()
  const { id } = await createSurvey(db(), projectId, makeDefinition())
  await publish(projectId, id)
  expect(await setSurveyStatus(db(), projectId, id, 'paused')).toMatchObject({ status: 'paused' })
  const paused = await findSurveyVersion(db(), projectId, id, 1)
  expect(paused?.closedAt).not.toBeNull()
  await setSurveyStatus(db(), projectId, id, 'archived')
  expect((await findSurveyVersion(db(), projectId, id, 1))?.closedAt).toBe(paused?.closedAt)
  expect(await listLiveSurveys(db(), projectId)).toEqual([])
  await setSurveyStatus(db(), projectId, id, 'live')
  expect(await findSurveyVersion(db(), projectId, id, 1)).toMatchObject({ status: 'live', closedAt: null })
})

test('what was never published cannot go live by status alone', async () => {
  const projectId = await newProject()
  const { id } = await createSurvey(db(), projectId, makeDefinition())
  await expect(setSurveyStatus(db(), projectId, id, 'live')).rejects.toThrow(SurveyNotPublishedError)
  expect(await setSurveyStatus(db(), projectId, 'srv_nowhere', 'live')).toBeUndefined()
  expect(await publish(projectId, 'srv_nowhere')).toBeUndefined()
})
