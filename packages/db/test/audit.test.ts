import {
  audited,
  createProject,
  createSurvey,
  listAudit,
  personReference,
  updateProject,
  writeAudit,
} from '@heed/db'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { makeDefinition } from './make-rows.ts'
import { useDatabase } from './use-database.ts'

const db = useDatabase({ poolSize: 4 })

const newProject = async () => (await createProject(db(), { name: 'Shop' })).project.id
const actionsOf = async (projectId: string) =>
  (await listAudit(db(), projectId)).data.map(({ action }) => action)
const rename = (projectId: string, name: string) =>
  audited(
    db(),
    { projectId, actor: 'key_1' },
    (trx) => updateProject(trx, projectId, { name }),
    () => ({ action: 'project.changed', details: { changed: ['name'] } }),
  )

test('a project begins with who made it and its first key', async () => {
  const { project, keyId } = await createProject(db(), { name: 'Shop', actor: 'key_other' })
  expect((await listAudit(db(), project.id)).data).toEqual([
    {
      id: expect.any(String),
      at: expect.stringMatching(/Z$/),
      actor: 'key_other',
      action: 'project.created',
      target: project.id,
      details: { key: keyId },
    },
  ])
})

test('a change and its entry are there together', async () => {
  const projectId = await newProject()
  await rename(projectId, 'Renamed')
  expect(await actionsOf(projectId)).toEqual(['project.changed', 'project.created'])
})

test('a change that fails leaves no entry, and one that changes nothing neither', async () => {
  const projectId = await newProject()
  const auditor = { projectId, actor: 'cli' }
  await createSurvey(db(), projectId, makeDefinition('taken'))
  const again = audited(
    db(),
    auditor,
    (trx) => createSurvey(trx, projectId, makeDefinition('taken')),
    ({ id }) => ({ action: 'survey.created', target: id }),
  )
  await expect(again).rejects.toThrow('taken')
  const nobody = await audited(
    db(),
    auditor,
    (trx) => updateProject(trx, 'prj_nobody', { name: 'x' }),
    () => ({ action: 'project.changed' }),
  )
  expect(nobody).toBeUndefined()
  expect(await actionsOf(projectId)).toEqual(['project.created'])
})

test('a change whose entry cannot be written is not made', async () => {
  const projectId = await newProject()
  const change = audited(
    db(),
    // Longer than its column.
    { projectId, actor: 'k'.repeat(65) },
    (trx) => updateProject(trx, projectId, { name: 'Renamed' }),
    () => ({ action: 'project.changed' }),
  )
  await expect(change).rejects.toMatchObject({ code: '22001' })
  const { name } = await db()
    .selectFrom('projects')
    .select('name')
    .where('id', '=', projectId)
    .executeTakeFirstOrThrow()
  expect(name).toBe('Shop')
})

test('nobody changes or deletes an entry, not even the owner of the table', async () => {
  const projectId = await newProject()
  const ofProject = sql`project_id = ${projectId}`
  for (const attempt of [
    sql`update audit_log set actor = 'nobody' where ${ofProject}`,
    sql`delete from audit_log where ${ofProject}`,
    sql`truncate audit_log`,
    sql`truncate projects cascade`,
  ]) {
    await expect(attempt.execute(db())).rejects.toThrow('the audit log can only be added to')
  }
  expect(await actionsOf(projectId)).toEqual(['project.created'])
})

test('entries go with their project', async () => {
  const projectId = await newProject()
  await db().deleteFrom('projects').where('id', '=', projectId).execute()
  expect(await actionsOf(projectId)).toEqual([])
})

test('pages neither repeat nor miss one, and show one action, actor or thing where asked', async () => {
  const [projectId, other] = [await newProject(), await newProject()]
  await writeAudit(db(), { projectId: other, actor: 'cli' }, { action: 'key.revoked', target: 'key_1' })
  await db()
    .transaction()
    .execute(async (trx) => {
      for (let n = 0; n < 6; n += 1) {
        const target = `key_${n}`
        await writeAudit(trx, { projectId, actor: `key_${n % 2}` }, { action: 'key.revoked', target })
      }
    })
  const seen: (string | null)[] = []
  let cursor: string | undefined
  do {
    const page = await listAudit(db(), projectId, { limit: 2, ...(cursor !== undefined && { cursor }) })
    seen.push(...page.data.map(({ target }) => target))
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  expect(seen).toEqual(['key_5', 'key_4', 'key_3', 'key_2', 'key_1', 'key_0', projectId])
  const targets = async (filter: Parameters<typeof listAudit>[2]) =>
    (await listAudit(db(), projectId, filter)).data.map(({ target }) => target)
  expect(await targets({ action: 'project.created' })).toEqual([projectId])
  expect(await targets({ actor: 'key_1' })).toEqual(['key_5', 'key_3', 'key_1'])
  expect(await targets({ target: 'key_4' })).toEqual(['key_4'])
})

test('the reference of a person is the same every time, and another in another project or kind', async () => {
  const [projectId, other] = [await newProject(), await newProject()]
  const person = { kind: 'visitor', id: 'v-1' } as const
  const reference = await personReference(db(), projectId, person)
  expect(reference).toMatch(/^[\w-]{22}$/)
  expect(await personReference(db(), projectId, person)).toBe(reference)
  expect(await personReference(db(), other, person)).not.toBe(reference)
  expect(await personReference(db(), projectId, { ...person, kind: 'subject' })).not.toBe(reference)
})
