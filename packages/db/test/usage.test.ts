import { addUsage, createProject } from '@heed/db'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { useDatabase } from './use-database.ts'

const db = useDatabase()
const newProject = async () => (await createProject(db(), { name: 'Shop' })).project.id

test('what several processes count adds up, whichever order they name the projects in', async () => {
  const ids = await Promise.all(Array.from({ length: 8 }, newProject))
  const one = ids.map((projectId) => ({ projectId, rows: 1, bytes: 5_000_000_000 }))
  await Promise.all(Array.from({ length: 20 }, (_, n) => addUsage(db(), n % 2 ? one : one.toReversed())))
  const sums = await addUsage(db(), [{ projectId: ids[0] ?? '', rows: 0, bytes: 0 }])
  expect(sums).toEqual([{ projectId: ids[0], rows: 20, bytes: 100_000_000_000 }])
})

test('each day begins with nothing', async () => {
  const projectId = await newProject()
  await addUsage(db(), [{ projectId, rows: 7, bytes: 70 }])
  await sql`update project_usage set day = day - 1 where project_id = ${projectId}`.execute(db())
  expect(await addUsage(db(), [{ projectId, rows: 1, bytes: 10 }])).toEqual([
    { projectId, rows: 1, bytes: 10 },
  ])
})

test('a project that is gone is left out', async () => {
  const projectId = await newProject()
  const usage = [projectId, 'prj_gone'].map((id) => ({ projectId: id, rows: 1, bytes: 1 }))
  expect(await addUsage(db(), usage)).toEqual([{ projectId, rows: 1, bytes: 1 }])
})
