import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type IncomingMessage, request } from 'node:http'
import { json } from 'node:stream/consumers'
import { promisify } from 'node:util'
import type { IngestReply, Project, Survey } from '@heed/contract'
import { createProject, openDatabase } from '@heed/db'
import { type FreshDatabase, freshDatabase } from '@heed/test-stack/fresh-database'
import { runSql } from '@heed/test-stack/run-sql'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { importSurvey } from '../src/publish/import-survey.ts'
import type { Db } from '../src/services.ts'
import { definition } from './support/definition.ts'
import { heed, serve } from './support/serve.ts'
import { response } from './support/start-api.ts'

// Several processes start in each of them.
vi.setConfig({ testTimeout: 60_000 })

let database: FreshDatabase
let db: Db
let project: Project
let survey: Survey

beforeAll(async () => {
  database = await freshDatabase()
  db = openDatabase({ url: database.url, application: 'heed workers test', poolSize: 4 })
  project = (await createProject(db, { name: 'Shop' })).project
  survey = await importSurvey(db, project.id, definition(), { publish: true })
})
afterAll(async () => {
  await db.destroy()
  await database.drop()
})

async function startTwo(env: Record<string, string> = {}) {
  const server = await serve({ DATABASE_URL: database.url, ...env }, 'serve', { args: ['--workers', '2'] })
  onTestFinished(async () => {
    server.child.kill('SIGTERM')
    await server.exit
  })
  return server
}
type Server = Awaited<ReturnType<typeof startTwo>>

/** What became of an answer that is sent over a connection of its own; undefined when the connection ended. */
async function send({ url }: Server, item: { id: string } = response(survey)): Promise<string | undefined> {
  try {
    const headers = { 'content-type': 'text/plain' }
    const options = { method: 'POST', agent: false, headers }
    const call = request(`${url}/v1/ingest/${project.publicKey}`, options)
    call.end(JSON.stringify({ sdk: '1', items: [item] }))
    const [reply] = (await once(call, 'response')) as [IncomingMessage]
    const { items } = (await json(reply)) as IngestReply
    return items?.find(({ id }) => id === item.id)?.status
  } catch {
    return undefined
  }
}

const sendMany = (server: Server, count: number) =>
  Promise.all(Array.from({ length: count }, () => send(server)))

/** Figures by their name and labels, as they stand in the text. */
async function figures({ url }: Server): Promise<Record<string, number>> {
  const text = await (await fetch(`${url}/metrics`)).text()
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return Object.fromEntries(
    lines.map((line) => [
      line.slice(0, line.lastIndexOf(' ')),
      Number(line.slice(line.lastIndexOf(' ') + 1)),
    ]),
  )
}

const stored = 'heed_ingest_items_total{status="stored"}'

async function workersOf({ child }: Server): Promise<number[]> {
  const { stdout } = await promisify(execFile)('pgrep', ['-P', String(child.pid)])
  return stdout.trim().split('\n').map(Number)
}

/** Holds every commit back until it is released. */
async function holdCommits(): Promise<() => Promise<void>> {
  const holder = openDatabase({ url: database.url, application: 'heed workers test', poolSize: 1 })
  await runSql(holder, 'begin')
  await runSql(holder, 'lock table responses in access exclusive mode')
  return async () => {
    await runSql(holder, 'commit')
    await holder.destroy()
  }
}

test('every worker serves, and any of them gives the figures of all', async () => {
  const server = await startTwo()
  expect(await sendMany(server, 40)).toEqual(Array.from({ length: 40 }, () => 'stored'))
  const all = await figures(server)
  expect(all).toMatchObject({ [stored]: 40, heed_workers: 2, heed_worker_replaced_total: 0 })
  const [first = 0, second = 0] = [1, 2].map((worker) => all[`heed_worker_items{worker="${worker}"}`])
  expect(first + second).toBe(40)
  expect(Math.min(first, second)).toBeGreaterThan(0)
  expect(all.heed_ingest_batch_rows_sum).toBe(40)
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
})

test('a worker killed under load takes no acknowledged answer with it, and another takes its place', async () => {
  const server = await startTwo({ HEED_LOG_LEVEL: 'error' })
  let log = ''
  server.child.stderr?.on('data', (chunk) => {
    log += String(chunk)
  })
  const acknowledged: string[] = []
  const inDoubt: string[] = []
  let isOver = false

  async function sendUntilOver(): Promise<void> {
    while (!isOver) {
      const item = response(survey)
      const status = await send(server, item)
      if (status === 'stored') acknowledged.push(item.id)
      else inDoubt.push(item.id)
    }
  }
  const load = Promise.all(Array.from({ length: 24 }, sendUntilOver))
  await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(100), { timeout: 10_000 })
  const before = await figures(server)
  const [victim = 0] = await workersOf(server)
  process.kill(victim, 'SIGKILL')
  await vi.waitFor(() => expect(log).toContain('replaced'), { timeout: 10_000 })
  isOver = true
  await load
  const expected = { heed_workers: 2, heed_worker_replaced_total: 1 }
  await vi.waitFor(async () => expect(await figures(server)).toMatchObject(expected), { timeout: 15_000 })
  const after = await figures(server)
  expect(after[stored]).toBeGreaterThanOrEqual(before[stored] ?? Number.NaN)
  expect(after['heed_worker_items{worker="1"}']).toBeDefined()
  expect(after['heed_worker_items{worker="2"}']).toBeDefined()
  const rows = await runSql<{ id: string }>(db, 'select id from responses')
  const ids = new Set(rows.map(({ id }) => id))
  expect(acknowledged.filter((id) => !ids.has(id))).toEqual([])
  expect(inDoubt.length).toBeLessThanOrEqual(24)
  expect(JSON.parse(log.split('\n')[0] ?? '')).toMatchObject({
    message: 'a worker ended and is replaced',
    worker: expect.any(Number),
    signal: 'SIGKILL',
  })
})

test('a stop answers what waits in every worker first', async () => {
  const server = await startTwo()
  const release = await holdCommits()
  const replies = sendMany(server, 32)
  await vi.waitFor(async () => expect((await figures(server)).heed_ingest_queue_rows).toBe(32), {
    timeout: 4_000,
  })
  server.child.kill('SIGTERM')
  await release()
  expect(await replies).toEqual(Array.from({ length: 32 }, () => 'stored'))
  expect(await server.exit).toBe(0)
  await expect(fetch(`${server.url}/livez`)).rejects.toThrow()
})

test('workers whose starter was killed answer what waits, and end', async () => {
  const server = await startTwo()
  const pids = await workersOf(server)
  const release = await holdCommits()
  const replies = sendMany(server, 8)
  await vi.waitFor(async () => expect((await figures(server)).heed_ingest_queue_rows).toBe(8), {
    timeout: 4_000,
  })
  server.child.kill('SIGKILL')
  await server.exit
  await release()
  expect(await replies).toEqual(Array.from({ length: 8 }, () => 'stored'))
  await vi.waitFor(() => expect(pids.filter(isAlive)).toEqual([]), { timeout: 15_000 })
})

test('a worker that is told to stop by somebody else drains and is replaced', async () => {
  const server = await startTwo()
  const [first = 0, second] = await workersOf(server)
  await sendMany(server, 10)
  process.kill(first, 'SIGTERM')
  const expected = { heed_workers: 2, heed_worker_replaced_total: 1, [stored]: 10 }
  await vi.waitFor(async () => expect(await figures(server)).toMatchObject(expected), { timeout: 15_000 })
  expect(await workersOf(server)).toContain(second)
})

test('several workers that cannot start say why once', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void other.close())
  await vi.waitFor(() => expect(other.address()).not.toBeNull())
  const { port } = other.address() as { port: number }
  const env = { DATABASE_URL: database.url, PORT: String(port) }
  const { code, out, err } = await heed(['serve', '--workers', '2'], env)
  expect({ code, out }).toEqual({ code: 1, out: '' })
  expect(err.trim().split('\n')).toEqual([expect.stringMatching(/^heed: PORT: \d+ on 127.0.0.1 is taken/)])
})

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
