import type { ErasureReport, PersonCopy } from '@heed/contract'
import { createProject, createSurvey, listAudit, listResponses, openDatabase, storeBatch } from '@heed/db'
import { type FreshDatabase, freshDatabase } from '@heed/test-stack/fresh-database'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { run } from '../src/cli/run.ts'
import type { Db } from '../src/services.ts'
import { definition } from './support/definition.ts'
import { responseRow } from './support/rows.ts'
import { newResponseId } from './support/start-api.ts'

let fresh: FreshDatabase
let db: Db

beforeAll(async () => {
  fresh = await freshDatabase()
  db = openDatabase({ url: fresh.url, application: 'heed tests', poolSize: 2 })
})
afterAll(async () => {
  await db.destroy()
  await fresh.drop()
})

/** Runs a command in this process: what it prints where, and its exit code. */
async function cli(...args: string[]) {
  const out: string[] = []
  const err: string[] = []
  const env = { DATABASE_URL: fresh.url }
  const code = await run(args, { env, out: (line) => out.push(line), err: (line) => err.push(line) })
  return { code, out, err, json: <Value>() => JSON.parse(out.join('\n')) as Value }
}

async function newProject(name: string, retentionDays: number | null = 30) {
  const { project } = await createProject(db, { name, settings: { retentionDays } })
  const { id: surveyId } = await createSurvey(db, project.id, definition())
  return {
    id: project.id,
    async answer(daysAgo: number, changes: Parameters<typeof responseRow>[0] = {}) {
      const row = responseRow({ projectId: project.id, surveyId, id: newResponseId(), ...changes })
      await storeBatch(db, { responses: [row], displays: [], losses: [] })
      await db
        .updateTable('responses')
        .set({ received_at: new Date(Date.now() - daysAgo * 86_400_000) })
        .where('id', '=', row.id)
        .execute()
      return row.id
    },
    ids: async () => (await listResponses(db, project.id)).data.map(({ id }) => id),
    actions: async () =>
      (await listAudit(db, project.id)).data.map(({ actor, action }) => `${actor} ${action}`),
  }
}

test('retention says in words what would go, then deletes just that', async () => {
  const [shop, young] = [await newProject('Old shop'), await newProject('Young shop', 400)]
  await shop.answer(31)
  await shop.answer(40)
  const stays = await shop.answer(1)
  await young.answer(31)
  const told = await cli('retention', '--dry-run')
  expect(told.code).toBe(0)
  expect(told.out.join('\n')).toMatch(
    new RegExp(`Old shop \\(${shop.id}\\): would delete what came in before \\S+Z\n {2}2 responses\n`),
  )
  expect(told.out.join('\n')).toMatch(/Young shop \(prj_\w+\): nothing is from before/)
  expect(await shop.ids()).toHaveLength(3)

  const counted = (await cli('retention', '--dry-run', '--project', 'Old shop', '--json')).json<unknown[]>()
  expect(counted).toMatchObject([{ projectId: shop.id, responses: 2, displays: 0 }])
  const deleted = (await cli('retention', '--project', 'Old shop', '--json')).json<unknown[]>()
  expect(deleted).toEqual(counted)
  expect(await shop.ids()).toEqual([stays])
  expect(await young.ids()).toHaveLength(1)
  expect(await shop.actions()).toEqual(['cli responses.expired', 'cli project.created'])
})

test('a project that keeps everything has nothing to delete', async () => {
  const { answer, ids } = await newProject('Endless', null)
  await answer(4000)
  expect((await cli('retention', '--project', 'Endless')).out).toEqual(['everything is kept for ever'])
  expect(await ids()).toHaveLength(1)
})

test('a visitor is copied, counted and erased', async () => {
  const { answer, ids, actions } = await newProject('With visitors')
  const project = ['--project', 'With visitors']
  const mine = await answer(0, { visitor: 'me' })
  const theirs = await answer(0, { visitor: 'you' })
  const copy = (await cli('visitor', 'copy', 'me', ...project)).json<PersonCopy>()
  expect(copy).toMatchObject({ visitor: 'me', responses: [{ id: mine }], displays: [] })
  const counted = (
    await cli('visitor', 'erase', 'me', ...project, '--dry-run', '--json')
  ).json<ErasureReport>()
  expect(counted).toMatchObject({ dryRun: true, responses: 1 })
  expect(await ids()).toHaveLength(2)
  const { out } = await cli('visitor', 'erase', 'me', ...project)
  expect(out).toEqual([
    `erased 1 response, 0 displays, 0 pictures and 0 refused items; the audit log says ${counted.reference}`,
  ])
  expect(await ids()).toEqual([theirs])
  expect(await actions()).toEqual(['cli visitor.erased', 'cli visitor.copied', 'cli project.created'])
})

test('a subject is another than a visitor of the same id', async () => {
  const { answer, ids } = await newProject('With subjects')
  const asVisitor = await answer(0, { visitor: 'jane' })
  await answer(0, { subject: 'jane' })
  await cli('subject', 'erase', 'jane', '--project', 'With subjects')
  expect(await ids()).toEqual([asVisitor])
})

test('what the command line changes stands in the audit log', async () => {
  const created = (await cli('project', 'create', 'Audited', '--json')).json<{ projectId: string }>()
  const project = ['--project', 'Audited']
  const { keyId } = (await cli('key', 'create', ...project, '--name', 'CI', '--json')).json<{
    keyId: string
  }>()
  await cli('key', 'revoke', keyId, ...project)
  expect((await cli('key', 'revoke', keyId, ...project)).code).toBe(1)
  const { data } = await listAudit(db, created.projectId)
  expect(data).toMatchObject([
    { actor: 'cli', action: 'key.revoked', target: keyId },
    { actor: 'cli', action: 'key.created', target: keyId, details: { name: 'CI', scopes: ['read'] } },
    { actor: 'cli', action: 'project.created' },
  ])
})

test('an imported survey is made, changed and published in the audit log', async () => {
  const { projectId } = (await cli('project', 'create', 'Imported', '--json')).json<{ projectId: string }>()
  const file = new URL('../../../packages/contract/fixtures/v1/survey-definition.json', import.meta.url)
    .pathname
  await cli('survey', 'import', file, '--project', 'Imported')
  await cli('survey', 'import', file, '--project', 'Imported', '--publish')
  const { data } = await listAudit(db, projectId)
  expect(data.map(({ action }) => action)).toEqual([
    'survey.published',
    'survey.changed',
    'survey.created',
    'project.created',
  ])
})
