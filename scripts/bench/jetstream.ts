/**
 * What JetStream mode costs in acknowledgements: the same load against `HEED_INGEST=direct`, and against
 * `HEED_INGEST=jetstream` on a real cluster of three nats-servers (three replicas, file storage, each message synced),
 * in turn. Client, API, writer, NATS and PostgreSQL share the machine. Twice: with the writer storing at the same time,
 * so with everything that direct mode does and the stream's work on top; and with the writer stopped, which is what
 * taking in a peak costs. At the end everything acknowledged must be stored, once. The last lines are what sizing needs:
 * CPU and bytes of one response. Linux only: it reads /proc.
 *
 *   npm run bench -- jetstream [rounds] [seconds] [connections] [replicas]
 */
import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { importSurvey } from '@heed/api'
import type { ProjectRules } from '@heed/contract'
import { createProject, migrateToLatest, openDatabase } from '@heed/db'
import { startEmbedded } from '@heed/db/embedded'
import { findNatsServer, startNats } from '@heed/test-stack/nats'
import { runSql } from '@heed/test-stack/run-sql'
import { benchSurvey } from '../lib/bench-survey.ts'
import { cpuOf } from '../lib/cpu-of.ts'
import { median } from '../lib/median.ts'
import type { LoadOrder, LoadResult } from './ingest/load.ts'

const rounds = Number(process.argv[2] ?? 5)
const seconds = Number(process.argv[3] ?? 6)
const connections = Number(process.argv[4] ?? 64)
const replicas = Number(process.argv[5] ?? 3)
const limit = 0.65

const found = await findNatsServer()
if ('missing' in found) throw new Error(`no nats-server could be had: ${found.missing}`)

async function startHeed(command: string, env: Record<string, string>) {
  const cli = fileURLToPath(new URL('../../apps/api/src/cli.ts', import.meta.url))
  const child = spawn(process.execPath, ['--conditions=@heed/source', cli, command, '--json'], {
    env: { ...process.env, PORT: '0', HEED_LOG_LEVEL: 'error', ...ofOneProject, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const chunk of child.stdout)
    return { child, url: (JSON.parse(String(chunk)) as { url: string }).url }
  throw new Error(`heed ${command} ended before it listened`)
}

async function stop(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit')
  child.kill('SIGTERM')
  await exit
}

/** One project sends everything; the sender is a proxy that names its clients. */
const ofOneProject = {
  HEED_TRUST_PROXY: '127.0.0.0/8',
  HEED_LIMIT_PROJECT: '0',
  HEED_QUOTA_ROWS: '0',
}

const dataDir = await mkdtemp(join(tmpdir(), 'heed-bench-'))
const nats = await startNats({ program: found.program, servers: replicas, folder: join(dataDir, 'nats') })
const postgres = await startEmbedded({ dataDir })
const db = openDatabase({ url: postgres.url, application: 'heed bench', poolSize: 1 })
await migrateToLatest(db)
const { project } = await createProject(db, { name: 'Benchmark' })
const survey = await importSurvey(db, project.id, benchSurvey, { publish: true })
const [before] = await runSql<{ bytes: number }>(
  db,
  'select pg_database_size(current_database())::float8 as bytes',
)
const sizeAtStart = before?.bytes ?? 0
const streamEnv = {
  DATABASE_URL: postgres.url,
  HEED_INGEST: 'jetstream',
  NATS_URL: nats.url,
  HEED_NATS_MONITOR: nats.monitor,
  HEED_NATS_REPLICAS: String(replicas),
}
const direct = await startHeed('serve', { DATABASE_URL: postgres.url })
const queued = await startHeed('serve', streamEnv)
const rules = await fetch(`${direct.url}/v1/config/${project.publicKey}`)
const { ticket } = (await rules.json()) as ProjectRules
const sender = fork(fileURLToPath(new URL('./ingest/sender.ts', import.meta.url)), {
  execArgv: ['--conditions=@heed/source'],
})

const postmaster = Number((await readFile(join(dataDir, 'cluster', 'postmaster.pid'), 'utf8')).split('\n')[0])

/** User and system time of each part so far, seconds. */
async function cpu(writer?: ChildProcess) {
  const perServer = await Promise.all(nats.pids().map(cpuOf))
  return {
    direct: await cpuOf(direct.child.pid ?? 0),
    queued: await cpuOf(queued.child.pid ?? 0),
    writer: writer ? await cpuOf(writer.pid ?? 0) : 0,
    nats: perServer.reduce((sum, one) => sum + one, 0),
    postgres: await cpuOf(postmaster),
  }
}
type Cpu = Awaited<ReturnType<typeof cpu>>
/** Microseconds of one response. */
const spent = (before: Cpu, after: Cpu, count: number, ...parts: (keyof Cpu)[]) =>
  parts.map((part) => `${part} ${(((after[part] - before[part]) * 1e6) / count).toFixed(0)}`).join(', ')

let run = 0
let acknowledged = 0
async function measure({ url }: { url: string }): Promise<LoadResult & { rate: number }> {
  run += 1
  const order: LoadOrder = {
    url,
    publicKey: project.publicKey,
    surveyId: survey.id,
    ...(ticket && { ticket }),
    connections,
    seconds,
    run,
  }
  sender.send(order)
  const [result] = (await once(sender, 'message')) as [LoadResult]
  if (result.failed + result.refused > 0)
    throw new Error(`${result.failed + result.refused} requests were not acknowledged`)
  acknowledged += result.acknowledged
  return { ...result, rate: result.acknowledged / result.seconds }
}

/** Seconds until the stream is empty. */
async function drain({ url }: { url: string }): Promise<number> {
  const startedMs = performance.now()
  while (true) {
    const text = await (await fetch(`${url}/metrics`)).text()
    const counts = [...text.matchAll(/^heed_writer_backlog_messages\{[^}]*\} (\d+)$/gm)].map(([, n]) =>
      Number(n),
    )
    if (counts.length === 2 && counts.every((count) => count === 0))
      return (performance.now() - startedMs) / 1000
    await delay(20)
  }
}

const figures = ({ rate, latency: { p50, p99 } }: LoadResult & { rate: number }) =>
  `${rate.toFixed(0).padStart(6)}/s  p50 ${p50.toFixed(1).padStart(5)} ms  p99 ${p99.toFixed(1).padStart(5)} ms`

try {
  console.log(`${rounds} rounds of ${seconds} s, ${connections} connections, ${replicas} replicas`)
  let writer = await startHeed('write', streamEnv)
  await measure(direct)
  await measure(queued)
  await drain(writer)
  const whileStoring: number[] = []
  const whileStopped: number[] = []
  const costs: string[] = []
  for (let round = 1; round <= rounds; round += 1) {
    const atStart = await cpu()
    const yardstick = await measure(direct)
    const afterDirect = await cpu(writer.child)
    const both = await measure(queued)
    const behind = await drain(writer)
    const afterBoth = await cpu(writer.child)
    await stop(writer.child)
    const peak = await measure(queued)
    const { bytes } = await nats.sizeOf('HEED_INGEST')
    costs[0] = `direct: ${spent(atStart, afterDirect, yardstick.acknowledged, 'direct', 'postgres')}`
    costs[1] = `jetstream: ${spent(afterDirect, afterBoth, both.acknowledged, 'queued', 'nats', 'writer', 'postgres')}`
    costs[2] = `bytes in the stream, one copy: ${(bytes / peak.acknowledged).toFixed(0)}`
    writer = await startHeed('write', streamEnv)
    const draining = await drain(writer)
    whileStoring.push(both.rate / yardstick.rate)
    whileStopped.push(peak.rate / yardstick.rate)
    console.log(`
${round}  direct                      ${figures(yardstick)}
   jetstream, writer storing   ${figures(both)}  ratio ${(both.rate / yardstick.rate).toFixed(2)}, stored ${behind.toFixed(1)} s after the end
   jetstream, writer stopped   ${figures(peak)}  ratio ${(peak.rate / yardstick.rate).toFixed(2)}, then drained at ${(peak.acknowledged / draining).toFixed(0)}/s`)
  }
  await stop(writer.child)
  const [counted] = await runSql<{ rows: number }>(db, 'select count(*)::int as rows from responses')
  const stored = counted?.rows ?? 0
  if (stored !== acknowledged) throw new Error(`acknowledged ${acknowledged}, stored ${stored}`)
  const [size] = await runSql<{ bytes: number }>(
    db,
    'select pg_database_size(current_database())::float8 as bytes',
  )
  const inDatabase = ((size?.bytes ?? 0) - sizeAtStart) / stored
  console.log(`
CPU of one response in the last round, µs: ${costs.slice(0, 2).join('; ')}
of one response ${costs[2]}; bytes in the database with its indexes: ${inDatabase.toFixed(0)}`)
  const middle = median(whileStoring)
  console.log(
    `\n${stored} acknowledged, all stored, once each. Median ratio to direct: ${middle.toFixed(2)} while storing, ` +
      `${median(whileStopped).toFixed(2)} while stopped; limit ${limit}.`,
  )
  if (middle < limit) process.exitCode = 1
} finally {
  await Promise.all([stop(direct.child), stop(queued.child)])
  sender.disconnect()
  await db.destroy()
  await nats.close()
  await postgres.stop()
  await rm(dataDir, { recursive: true, force: true })
}
