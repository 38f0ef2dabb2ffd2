import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createProject, findProject, migrateToLatest, openDatabase } from '@heed/db'
import { EmbeddedPostgresError, startEmbedded } from '@heed/db/embedded'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'

let dataDir: string
let projectId: string

/** Runs `work` on a connection that is gone afterwards. */
async function withDatabase<Result>(
  url: string,
  work: (db: ReturnType<typeof openDatabase>) => Promise<Result>,
) {
  const db = openDatabase({ url, application: 'heed tests', poolSize: 2 })
  return work(db).finally(() => db.destroy())
}

const isKept = (url: string) =>
  withDatabase(url, async (db) => (await findProject(db, projectId)) !== undefined)
const isUp = (url: string) =>
  withDatabase(url, (db) => sql`select 1`.execute(db)).then(
    () => true,
    () => false,
  )
const postmasterPid = async () =>
  Number((await readFile(join(dataDir, 'cluster', 'postmaster.pid'), 'utf8')).split('\n')[0])

/** Another process that uses the server, once it is ready. */
async function spawnUser(): Promise<{ child: ChildProcess; url: string }> {
  const script = fileURLToPath(new URL('./embedded-user.ts', import.meta.url))
  const child = spawn(process.execPath, ['--conditions=@heed/source', script, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(child.stdout, 'data')
  return { child, url: String(line).trim() }
}

async function kill(child: ChildProcess) {
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'heed-embedded-'))
  const server = await startEmbedded({ dataDir })
  projectId = await withDatabase(server.url, async (db) => {
    await migrateToLatest(db)
    return (await createProject(db, { name: 'kept' })).project.id
  })
  await server.stop()
}, 60_000)

afterAll(async () => {
  // Takes over and ends whatever a failed test has left running.
  await (await startEmbedded({ dataDir })).stop()
  await rm(dataDir, { recursive: true, force: true })
})

test('data and address survive a stop and a start, well within two seconds', async () => {
  const started = performance.now()
  const server = await startEmbedded({ dataDir })
  expect(performance.now() - started).toBeLessThan(2_000)
  expect(await isKept(server.url)).toBe(true)
  await server.stop()
  expect(await isUp(server.url)).toBe(false)
  await server.stop()
  const again = await startEmbedded({ dataDir })
  expect(again.url).toBe(server.url)
  await again.stop()
})

test('every commit reaches the disk, nobody else can connect, and the password is private', async () => {
  const server = await startEmbedded({ dataDir })
  const settings = await withDatabase(server.url, (db) =>
    sql<{ name: string; setting: string }>`select name, setting from pg_settings
      where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'listen_addresses', 'max_wal_size')`.execute(
      db,
    ),
  )
  expect(Object.fromEntries(settings.rows.map(({ name, setting }) => [name, setting]))).toEqual({
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    listen_addresses: '127.0.0.1',
    max_wal_size: '4096',
  })
  expect((await stat(join(dataDir, 'password'))).mode & 0o777).toBe(0o600)
  const wrong = new URL(server.url)
  wrong.password = 'wrong'
  expect(await isUp(wrong.href)).toBe(false)
  await server.stop()
})

test('a second user attaches to the running server, and the last one out stops it', async () => {
  const first = await startEmbedded({ dataDir })
  const second = await startEmbedded({ dataDir })
  expect(second.url).toBe(first.url)
  await first.stop()
  expect(await isKept(second.url)).toBe(true)
  await second.stop()
  expect(await isUp(second.url)).toBe(false)
})

test('two processes that start at the same instant share one server', async () => {
  const servers = await Promise.all([startEmbedded({ dataDir }), startEmbedded({ dataDir }), spawnUser()])
  expect(new Set(servers.map(({ url }) => url)).size).toBe(1)
  await Promise.all([servers[0].stop(), servers[1].stop()])
  expect(await isUp(servers[2].url)).toBe(true)
  await kill(servers[2].child)
})

test('the server of a killed process is found, used, and stopped by whoever took it over', async () => {
  const { child, url } = await spawnUser()
  const pid = await postmasterPid()
  await kill(child)
  const server = await startEmbedded({ dataDir })
  expect(server.url).toBe(url)
  expect(await postmasterPid()).toBe(pid)
  expect(await isKept(url)).toBe(true)
  await server.stop()
  expect(await isUp(url)).toBe(false)
})

test('a killed server comes back on the same port, with everything that was acknowledged', async () => {
  const server = await startEmbedded({ dataDir })
  const name = await withDatabase(
    server.url,
    async (db) => (await createProject(db, { name: 'just now' })).project.id,
  )
  process.kill(await postmasterPid(), 'SIGKILL')
  await vi.waitFor(async () => expect(await isUp(server.url)).toBe(true), { timeout: 20_000, interval: 50 })
  expect(await withDatabase(server.url, (db) => findProject(db, name))).toMatchObject({ name: 'just now' })
  await server.stop()
})

test('server and process killed together: the next start recovers', async () => {
  const { child, url } = await spawnUser()
  const pid = await postmasterPid()
  await kill(child)
  process.kill(pid, 'SIGKILL')
  const server = await startEmbedded({ dataDir })
  expect(server.url).toBe(url)
  expect(await isKept(url)).toBe(true)
  await server.stop()
})

test('a stale pid file with the number of another process does not keep it from starting', async () => {
  await writeFile(
    join(dataDir, 'cluster', 'postmaster.pid'),
    `${process.pid}\n/elsewhere\n1\n1\n\n\n\nready\n`,
  )
  const server = await startEmbedded({ dataDir })
  expect(await isKept(server.url)).toBe(true)
  await server.stop()
})

test('when its port is taken it moves to another', async () => {
  const before = await startEmbedded({ dataDir })
  await before.stop()
  const squatter = createServer().listen(Number(new URL(before.url).port), '127.0.0.1')
  await once(squatter, 'listening')
  const server = await startEmbedded({ dataDir })
  expect(server.url).not.toBe(before.url)
  expect(await isKept(server.url)).toBe(true)
  await server.stop()
  squatter.close()
})

test('an interrupted set-up is begun again', async () => {
  const fresh = await mkdtemp(join(tmpdir(), 'heed-embedded-'))
  await writeFile(join(fresh, 'cluster.unfinished'), 'half')
  await writeFile(join(fresh, 'lock'), '999999-1')
  const server = await startEmbedded({ dataDir: fresh })
  expect(await isUp(server.url)).toBe(true)
  await server.stop()
  await rm(fresh, { recursive: true })
})

test('without its binaries it says what to install or to set', async () => {
  const arch = Object.getOwnPropertyDescriptor(process, 'arch') ?? {}
  Object.defineProperty(process, 'arch', { value: 'abacus' })
  try {
    const start = startEmbedded({ dataDir })
    await expect(start).rejects.toThrow(EmbeddedPostgresError)
    await expect(start).rejects.toThrow(/-abacus.*DATABASE_URL/)
  } finally {
    Object.defineProperty(process, 'arch', arch)
  }
})

test.runIf(process.getuid?.() === 0)(
  'root can keep the data in a folder that is closed to all others',
  async () => {
    const closed = await mkdtemp(join(tmpdir(), 'heed-private-'))
    await chmod(closed, 0o700)
    const dataDir = join(closed, 'data')
    const first = await startEmbedded({ dataDir })
    await first.stop()
    const again = await startEmbedded({ dataDir })
    await again.stop()
    expect((await stat(closed)).mode & 0o777).toBe(0o700)
    await rm(closed, { recursive: true })
  },
)
