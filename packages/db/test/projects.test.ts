import {
  createProject,
  createSecretKey,
  findProject,
  findProjectByPublicKey,
  findSecretKey,
  hashSecret,
  listKeys,
  listProjects,
  revokeKey,
  updateProject,
} from '@heed/db'
import { expect, test } from 'vitest'
import { useDatabase } from './use-database.ts'

const db = useDatabase()

test('a new project is found by its id and by its public key, with every setting at its default', async () => {
  const { project } = await createProject(db(), {
    name: 'Shop',
    settings: { origins: ['https://shop.example'] },
  })
  expect(project).toMatchObject({
    name: 'Shop',
    status: 'active',
    settings: { origins: ['https://shop.example'], cooldownDays: 0, onePerSession: true, protectedUrls: [] },
  })
  expect(await findProject(db(), project.id)).toEqual(project)
  expect(await findProjectByPublicKey(db(), project.publicKey)).toEqual(project)
  expect(await listProjects(db())).toContainEqual(project)
  expect(await findProjectByPublicKey(db(), 'pk_unknown')).toBeUndefined()
})

test('its first secret key works, is not stored, and stops working when revoked', async () => {
  const { project, secretKey, keyId } = await createProject(db(), { name: 'Shop' })
  const hash = hashSecret(secretKey)
  expect(await findSecretKey(db(), hash)).toEqual({ projectId: project.id, keyId, scopes: ['admin'] })
  const [stored] = await db().selectFrom('secret_keys').selectAll().where('id', '=', keyId).execute()
  expect(JSON.stringify(stored)).not.toContain(secretKey)
  expect(await revokeKey(db(), project.id, keyId)).toBe(true)
  expect(await revokeKey(db(), project.id, keyId)).toBe(false)
  expect(await findSecretKey(db(), hash)).toBeUndefined()
})

test('a project cannot revoke the key of another', async () => {
  const mine = await createProject(db(), { name: 'mine' })
  const theirs = await createProject(db(), { name: 'theirs' })
  expect(await revokeKey(db(), mine.project.id, theirs.keyId)).toBe(false)
  expect(await findSecretKey(db(), hashSecret(theirs.secretKey))).toBeDefined()
})

test('keys are listed with their scopes and without their secrets', async () => {
  const { project } = await createProject(db(), { name: 'Shop' })
  const key = await createSecretKey(db(), project.id, { name: 'reports', scopes: ['read'] })
  const keys = await listKeys(db(), project.id)
  expect(keys.map(({ name, scopes }) => ({ name, scopes }))).toEqual([
    { name: 'first key', scopes: ['admin'] },
    { name: 'reports', scopes: ['read'] },
  ])
  expect(JSON.stringify(keys)).not.toContain(key.secretKey)
})

test('a key for a project that does not exist is refused', async () => {
  const made = createSecretKey(db(), 'prj_nowhere', { name: 'x', scopes: ['read'] })
  await expect(made).rejects.toMatchObject({ code: '23503' })
})

test('a change of one setting leaves the others alone', async () => {
  const { project } = await createProject(db(), { name: 'Shop', settings: { cooldownDays: 7 } })
  const changed = await updateProject(db(), project.id, {
    status: 'paused',
    settings: { queryKeys: ['page'] },
  })
  expect(changed).toEqual({
    ...project,
    status: 'paused',
    settings: { ...project.settings, queryKeys: ['page'] },
  })
  expect(await findProject(db(), project.id)).toEqual(changed)
  expect(await updateProject(db(), 'prj_nowhere', { name: 'x' })).toBeUndefined()
})
