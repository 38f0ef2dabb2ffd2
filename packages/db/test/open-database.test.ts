import { createProject, findProject, newId, openDatabase, storeBatch } from '@heed/db'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { rowsOf } from './make-rows.ts'
import { useDatabase } from './use-database.ts'

const db = useDatabase({ statementTimeoutMs: 300, connectTimeoutMs: 1_000 })

const endAllOtherConnections = () =>
  sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`.execute(db())

test('connections that the server ends are replaced, idle ones and one in a transaction', async () => {
  const { project } = await createProject(db(), { name: 'Shop' })
  const rows = rowsOf(newId('prj'))
  const store = () => storeBatch(db(), { responses: [rows.response()], displays: [], losses: [] })
  await Promise.all(Array.from({ length: 5 }, store))
  const cut = db()
    .transaction()
    .execute(async (trx) => {
      await endAllOtherConnections()
      await sql`select 1`.execute(trx)
      await sql`select pg_terminate_backend(pg_backend_pid())`.execute(trx)
    })
  await expect(cut).rejects.toThrow()
  expect(await findProject(db(), project.id)).toEqual(project)
  expect((await store()).stored.size).toBe(1)
})

test('a statement that takes too long is cancelled', async () => {
  await expect(sql`select pg_sleep(5)`.execute(db())).rejects.toMatchObject({ code: '57014' })
})

test('more work than connections waits its turn', async () => {
  const sleeps = Array.from({ length: 25 }, () => sql`select pg_sleep(0.01)`.execute(db()))
  expect(await Promise.all(sleeps)).toHaveLength(25)
})

test('a server that is not there is an error, not a wait', async () => {
  const nowhere = openDatabase({
    url: 'postgresql://x:y@127.0.0.1:1/x',
    application: 'x',
    connectTimeoutMs: 500,
  })
  await expect(findProject(nowhere, 'prj_x')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  await nowhere.destroy()
})

test('a batch needs the handle itself, because a transaction has no prepared statements', async () => {
  const inside = db()
    .transaction()
    .execute((trx) => storeBatch(trx, { responses: [rowsOf('p').response()], displays: [], losses: [] }))
  await expect(inside).rejects.toThrow('not a transaction')
})
