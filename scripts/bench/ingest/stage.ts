import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { importSurvey } from '@heed/api'
import type { ProjectRules } from '@heed/contract'
import { createProject, migrateToLatest, openDatabase } from '@heed/db'
import { startEmbedded } from '@heed/db/embedded'
import { runSql } from '@heed/test-stack/run-sql'
import { benchSurvey } from '../../lib/bench-survey.ts'
import { cpuOf } from '../../lib/cpu-of.ts'
import type { LoadOrder, LoadResult } from './load.ts'

export interface Server {
  url: string
  pid: number
}

/** A load, and what it cost. */
export interface Measured extends LoadResult {
  /** Acknowledged in a second. */
  rate: number
  /** Microseconds of user and system time for each acknowledged response: of the server, of PostgreSQL, of both. */
  server: number
  postgres: number
  micros: number
}

export type Load = Pick<LoadOrder, 'connections' | 'seconds' | 'perSecond'>
export type Stage = Awaited<ReturnType<typeof setStage>>

/** A database of its own with a project and a survey, and a sender. `close()` leaves nothing behind. */
export async function setStage() {
  const dataDir = await mkdtemp(join(tmpdir(), 'heed-bench-'))
  const postgres = await startEmbedded({ dataDir })
  const db = openDatabase({
    url: postgres.url,
    application: 'heed bench',
    poolSize: 2,
    statementTimeoutMs: 600_000,
  })
  await migrateToLatest(db)
  const { project } = await createProject(db, { name: 'Benchmark' })
  const { id: surveyId } = await importSurvey(db, project.id, benchSurvey, { publish: true })
  const pidFile = await readFile(join(dataDir, 'cluster', 'postmaster.pid'), 'utf8')
  const postmaster = Number(pidFile.split('\n')[0])
  const sender = fork(fileURLToPath(new URL('./sender.ts', import.meta.url)), {
    execArgv: ['--conditions=@heed/source'],
  })
  const children: ChildProcess[] = []
  let run = 0
  let ticket: string | undefined

  /** Starts a server of this repository that prints `{ "url" }` when it listens; `script` from its root. */
  async function start(script: string, args: string[], env: Record<string, string>): Promise<Server> {
    const file = fileURLToPath(new URL(`../../../${script}`, import.meta.url))
    const child = spawn(process.execPath, ['--conditions=@heed/source', file, ...args], {
      env: { ...process.env, PORT: '0', HEED_LOG_LEVEL: 'fatal', DATABASE_URL: postgres.url, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    children.push(child)
    let output = ''
    for await (const chunk of child.stdout) {
      output += String(chunk)
      const line = output.split('\n').find((one) => one.startsWith('{"url"'))
      if (line) return { url: (JSON.parse(line) as { url: string }).url, pid: child.pid ?? 0 }
    }
    throw new Error(`${script} ended before it listened`)
  }

  /** `heed serve`; from now on the sender shows the ticket of its rules, whoever it sends to. */
  async function startHeed(env: Record<string, string>): Promise<Server> {
    const server = await start('apps/api/src/cli.ts', ['serve', '--json'], env)
    const rules = await fetch(`${server.url}/v1/config/${project.publicKey}`)
    ticket = ((await rules.json()) as ProjectRules).ticket
    return server
  }

  async function measure({ url, pid }: Server, load: Load): Promise<Measured> {
    run += 1
    const order: LoadOrder = {
      ...load,
      url,
      publicKey: project.publicKey,
      surveyId,
      run,
      ...(ticket && { ticket }),
    }
    const [serverBefore, postgresBefore] = await Promise.all([cpuOf(pid), cpuOf(postmaster)])
    sender.send(order)
    const [result] = (await once(sender, 'message')) as [LoadResult]
    const [serverAfter, postgresAfter] = await Promise.all([cpuOf(pid), cpuOf(postmaster)])
    const each = 1e6 / result.acknowledged
    const server = (serverAfter - serverBefore) * each
    const database = (postgresAfter - postgresBefore) * each
    const rate = result.acknowledged / result.seconds
    return { ...result, rate, server, postgres: database, micros: server + database }
  }

  /** Seconds of user and system time of PostgreSQL so far. */
  const postgresCpu = () => cpuOf(postmaster)

  /** Rows of a table. */
  async function count(table: string): Promise<number> {
    const [row] = await runSql<{ rows: number }>(db, `select count(*)::int as rows from ${table}`)
    return row?.rows ?? 0
  }

  /** Ends a server as an operator would: it answers what waits first. Twice is harmless. */
  async function stop({ pid }: Pick<Server, 'pid'>): Promise<void> {
    const child = children.find((one) => one.pid === pid)
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const exit = once(child, 'exit')
    child.kill('SIGTERM')
    await exit
  }

  async function close(): Promise<void> {
    for (const { pid = 0 } of children) await stop({ pid })
    sender.disconnect()
    await db.destroy()
    await postgres.stop()
    await rm(dataDir, { recursive: true, force: true })
  }

  return { db, start, startHeed, measure, stop, postgresCpu, count, close }
}
