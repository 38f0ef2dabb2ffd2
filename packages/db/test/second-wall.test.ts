import {
  createProject,
  createSurvey,
  findSecondWall,
  forProject,
  listResponses,
  listSurveys,
  migrateToLatest,
  openDatabase,
  storeBatch,
} from '@heed/db'
import { atDatabase } from '@heed/test-stack/fresh-database'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, inject, onTestFinished, test } from 'vitest'
import { makeDefinition, rowsOf } from './make-rows.ts'

const open = (url: string, role?: 'query' | 'ingest') => {
  const db = openDatabase({ url, application: 'heed tests', poolSize: 2, ...(role && { role }) })
  onTestFinished(() => db.destroy())
  return db
}

/** A user of a managed PostgreSQL, with databases of its own. */
let user = ''
let databases: string[] = []
let admin: ReturnType<typeof openDatabase>

beforeEach(() => {
  admin = openDatabase({ url: inject('postgresUrl'), application: 'heed tests', poolSize: 1 })
  user = `shop_${crypto.randomUUID().slice(0, 8)}`
  databases = []
})

afterEach(async () => {
  for (const name of databases) await sql`drop database ${sql.id(name)} with (force)`.execute(admin)
  for (const name of [`heed_query_${user}`, `heed_ingest_${user}`, user]) {
    await sql`drop role if exists ${sql.id(name)}`.execute(admin)
  }
  await admin.destroy()
})

async function makeUser(rights: 'createrole' | 'nocreaterole') {
  await sql`create role ${sql.id(user)} login password 'secret' ${sql.raw(rights)}`.execute(admin)
}

async function makeDatabase(): Promise<string> {
  const name = `heed_wall_${crypto.randomUUID().slice(0, 8)}`
  await sql`create database ${sql.id(name)} owner ${sql.id(user)}`.execute(admin)
  databases.push(name)
  const url = new URL(atDatabase(inject('postgresUrl'), name))
  url.username = user
  url.password = 'secret'
  return url.href
}

/** What every installation does, with whatever handles it has. */
async function useThrough(url: string, role: boolean) {
  const owner = open(url)
  const [query, ingest] = role ? [open(url, 'query'), open(url, 'ingest')] : [open(url), open(url)]
  const { project } = await createProject(owner, { name: 'Shop' })
  const ours = forProject(query, project.id)
  const survey = await createSurvey(ours, project.id, makeDefinition())
  const { response } = rowsOf(project.id, survey.id)
  const row = response({ answers: { why: 'late parcel' }, textKeys: ['why'] })
  await storeBatch(ingest, { responses: [row], displays: [], losses: [] })
  expect(await listSurveys(ours, project.id)).toHaveLength(1)
  expect((await listResponses(ours, project.id, { search: 'parcel' })).data).toHaveLength(1)
}

test('a user who may not make roles has one wall, and two with the SQL that it is told', async () => {
  await makeUser('nocreaterole')
  const url = await makeDatabase()
  const owner = open(url)
  await migrateToLatest(owner)
  const wall = await findSecondWall(owner)
  const roles = `heed_query_${user}, heed_ingest_${user}`
  expect(wall).toEqual({
    stands: false,
    sql: `create role heed_query_${user} nologin; create role heed_ingest_${user} nologin; grant ${roles} to ${user};`,
  })
  await useThrough(url, false)
  const refused = await findSecondWall(open(url, 'query')).catch((error: unknown) => error)
  expect(refused).toMatchObject({ code: '22023' })

  await sql.raw(wall.stands ? '' : wall.sql).execute(admin)
  await migrateToLatest(owner)
  expect(await findSecondWall(owner)).toEqual({ stands: true })
  await useThrough(url, true)
})

test('a user who may make roles has two walls, in several databases that are migrated at the same moment', async () => {
  await makeUser('createrole')
  const urls = [await makeDatabase(), await makeDatabase(), await makeDatabase(), await makeDatabase()]
  const walls = await Promise.all(
    urls.map(async (url) => {
      const owner = open(url)
      await migrateToLatest(owner)
      return findSecondWall(owner)
    }),
  )
  expect(walls).toEqual(urls.map(() => ({ stands: true })))
  for (const url of urls.slice(0, 2)) await useThrough(url, true)
})

test('the user of another installation in the cluster cannot take the roles', async () => {
  await makeUser('createrole')
  const url = await makeDatabase()
  await migrateToLatest(open(url))
  const stranger = `other_${crypto.randomUUID().slice(0, 8)}`
  await sql`create role ${sql.id(stranger)} login createrole password 'secret'`.execute(admin)
  try {
    const theirs = new URL(url)
    theirs.username = stranger
    const db = open(theirs.href, 'query')
    await expect(sql`select 1`.execute(db)).rejects.toMatchObject({ code: '42501' })
    await db.destroy()
  } finally {
    await sql`drop role ${sql.id(stranger)}`.execute(admin)
  }
})

test('a user without the rights of the owner is told so, and does not find an empty database', async () => {
  await makeUser('nocreaterole')
  const url = await makeDatabase()
  await migrateToLatest(open(url))
  const stranger = `other_${crypto.randomUUID().slice(0, 8)}`
  await sql`create role ${sql.id(stranger)} login password 'secret'`.execute(admin)
  try {
    await sql`grant create on schema public to ${sql.id(stranger)};
      grant all on all tables in schema public to ${sql.id(stranger)}`.execute(open(url))
    const theirs = new URL(url)
    theirs.username = stranger
    const db = open(theirs.href)
    await expect(migrateToLatest(db)).rejects.toThrow(`the tables belong to "${user}"`)
    await db.destroy()
  } finally {
    await sql`drop owned by ${sql.id(stranger)}`.execute(open(url.replace(/\/\/[^@]*@/, adminOf())))
    await sql`drop role ${sql.id(stranger)}`.execute(admin)
  }
})

const adminOf = () => {
  const { username, password } = new URL(inject('postgresUrl'))
  return `//${username}${password && `:${password}`}@`
}

test('rights that a restored database came without are given again', async () => {
  await makeUser('createrole')
  const url = await makeDatabase()
  const owner = open(url)
  await migrateToLatest(owner)
  await sql.raw(`drop owned by heed_query_${user}, heed_ingest_${user}`).execute(owner)
  await expect(listSurveys(open(url, 'query'), 'prj_x')).rejects.toMatchObject({ code: '42501' })
  await migrateToLatest(owner)
  await useThrough(url, true)
})
