import { createProject, listRejects, type NewReject, projectSecret, storeRejects } from '@heed/db'
import { expect, test } from 'vitest'
import { useDatabase } from './use-database.ts'

const db = useDatabase()
const newProject = async () => (await createProject(db(), { name: 'Shop' })).project.id

const reject = (changes: Partial<NewReject> = {}): NewReject => ({
  reason: 'invalid_item',
  detail: 'seq: missing',
  sdk: '1.0.0',
  kind: 'response',
  surveyId: null,
  responseId: null,
  visitor: null,
  subject: null,
  item: '{"a":"\\u0000"}',
  ...changes,
})

test('the newest thousand of a project stay, as they were given', async () => {
  const [project, other] = [await newProject(), await newProject()]
  await storeRejects(db(), other, [reject()])
  for (let batch = 0; batch < 3; batch++) {
    const rejects = Array.from({ length: 400 }, (_, index) => reject({ detail: `${batch * 400 + index}` }))
    await storeRejects(db(), project, rejects)
  }
  const { data, counts } = await listRejects(db(), project, { limit: 1 })
  expect(data[0]).toMatchObject({ detail: '1199', item: '{"a":"\\u0000"}', kind: 'response' })
  expect(counts).toEqual({ reasons: { invalid_item: 1000 }, sdks: { '1.0.0': 1000 } })
  expect((await listRejects(db(), other)).data).toHaveLength(1)
})

test('they and the secrets of a project go with it', async () => {
  const project = await newProject()
  await storeRejects(db(), project, [reject()])
  await projectSecret(db(), project, 'redaction')
  await db().deleteFrom('projects').where('id', '=', project).execute()
  for (const table of ['rejects', 'project_secrets'] as const) {
    expect(await db().selectFrom(table).selectAll().where('project_id', '=', project).execute()).toEqual([])
  }
})

test('a secret of a project is made once, whoever asks first, and is no other project’s', async () => {
  const [one, other] = [await newProject(), await newProject()]
  const secrets = await Promise.all(Array.from({ length: 8 }, () => projectSecret(db(), one, 'redaction')))
  expect(new Set(secrets).size).toBe(1)
  expect(await projectSecret(db(), other, 'redaction')).not.toBe(secrets[0])
})
