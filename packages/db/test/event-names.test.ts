import { createProject, listEventNames, storeEventNames } from '@heed/db'
import { expect, test } from 'vitest'
import { useDatabase } from './use-database.ts'

const db = useDatabase()
const newProject = async () => (await createProject(db(), { name: 'Shop' })).project.id
const namesOf = async (project: string) => (await listEventNames(db(), project)).map(({ name }) => name)

test('a name is remembered once, with when it was first heard', async () => {
  const project = await newProject()
  await storeEventNames(db(), project, ['purchase', 'add_to_cart'])
  const [, first] = await listEventNames(db(), project)
  await storeEventNames(db(), project, ['purchase', 'purchase', 'view_item'])
  expect(await namesOf(project)).toEqual(['add_to_cart', 'purchase', 'view_item'])
  expect((await listEventNames(db(), project))[1]).toEqual(first)
})

test('a project has its own names', async () => {
  const [one, other] = [await newProject(), await newProject()]
  await storeEventNames(db(), one, ['purchase'])
  expect(await namesOf(other)).toEqual([])
})

test('whoever makes names up stops at 500', async () => {
  const project = await newProject()
  const made = Array.from({ length: 499 }, (_, index) => `made_up_${index}`)
  await storeEventNames(db(), project, made)
  await storeEventNames(db(), project, ['a', 'b', 'c'])
  await storeEventNames(db(), project, ['d'])
  expect(await namesOf(project)).toHaveLength(500)
})
