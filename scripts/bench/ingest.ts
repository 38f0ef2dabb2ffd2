/**
 * What an acknowledged response costs: user and system CPU of the API process and of every PostgreSQL process, as a
 * ratio to a Fastify route that validates the same body and stores nothing. 64 connections, bodies of 0.5 to 2 kB,
 * rounds of both in turn; everything acknowledged must be stored. The limits are the default ones, and the sender is a
 * proxy that names 512 addresses; only its 384 visitors may send more than visitors do. Linux only: it reads /proc.
 *
 *   npm run bench -- ingest [rounds] [seconds]
 */
import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { importSurvey } from '@heed/api'
import { countScores, createProject, migrateToLatest, openDatabase } from '@heed/db'
import { startEmbedded } from '@heed/db/embedded'
import { benchSurvey } from '../lib/bench-survey.ts'
import { cpuOf } from '../lib/cpu-of.ts'
import { median } from '../lib/median.ts'
import type { LoadOrder, LoadResult } from './ingest-load.ts'

const rounds = Number(process.argv[2] ?? 5)
const seconds = Number(process.argv[3] ?? 6)
const connections = 64
const limit = 3.2

/** Starts a server of this repository that prints `{ "url" }` when it listens. */
async function startServer(script: string, args: string[], env: Record<string, string>) {
  const file = fileURLToPath(new URL(script, import.meta.url))
  const child = spawn(process.execPath, ['--conditions=@heed/source', file, ...args], {
    env: { ...process.env, PORT: '0', HEED_LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  for await (const chunk of child.stdout) {
    output += String(chunk)
    const line = output.split('\n').find((one) => one.startsWith('{"url"'))
    if (line) return { child, url: (JSON.parse(line) as { url: string }).url }
  }
  throw new Error(`${script} ended before it listened`)
}

async function sendLoad(sender: ChildProcess, order: LoadOrder): Promise<LoadResult> {
  sender.send(order)
  const [result] = await once(sender, 'message')
  return result as LoadResult
}

const dataDir = await mkdtemp(join(tmpdir(), 'heed-bench-'))
const postgres = await startEmbedded({ dataDir })
const db = openDatabase({ url: postgres.url, application: 'heed bench', poolSize: 1 })
await migrateToLatest(db)
const { project } = await createProject(db, { name: 'Benchmark' })
const { id: surveyId } = await importSurvey(db, project.id, benchSurvey, { publish: true })
const postmaster = Number((await readFile(join(dataDir, 'cluster', 'postmaster.pid'), 'utf8')).split('\n')[0])

const baseline = await startServer('../../apps/api/bench/baseline-route.ts', [], {})
const api = await startServer('../../apps/api/src/cli.ts', ['serve', '--json'], {
  DATABASE_URL: postgres.url,
  HEED_TRUST_PROXY: '127.0.0.0/8',
  HEED_LIMIT_VISITOR: '1000000/60',
})
const sender = fork(fileURLToPath(new URL('./ingest-load.ts', import.meta.url)), {
  execArgv: ['--conditions=@heed/source'],
})

let run = 0
let acknowledged = 0
const order = (url: string): LoadOrder => {
  run += 1
  return { url, path: `/v1/ingest/${project.publicKey}`, surveyId, connections, seconds, run }
}

async function measureBaseline() {
  const before = await cpuOf(baseline.child.pid ?? 0)
  const result = await sendLoad(sender, order(baseline.url))
  const cpu = (await cpuOf(baseline.child.pid ?? 0)) - before
  return { ...result, micros: (cpu * 1e6) / result.acknowledged }
}

async function measureApi() {
  const nodeBefore = await cpuOf(api.child.pid ?? 0)
  const postgresBefore = await cpuOf(postmaster)
  const result = await sendLoad(sender, order(api.url))
  const node = (await cpuOf(api.child.pid ?? 0)) - nodeBefore
  const database = (await cpuOf(postmaster)) - postgresBefore
  acknowledged += result.acknowledged
  const share = 1e6 / result.acknowledged
  return { ...result, node: node * share, database: database * share, micros: (node + database) * share }
}

try {
  console.log(`${rounds} rounds of ${seconds} s, ${connections} connections; CPU in µs a response\n`)
  await measureBaseline()
  await measureApi()
  console.log('round   baseline      API = node + postgres    ratio   responses/s   p50     p99')
  const ratios: number[] = []
  for (let round = 1; round <= rounds; round += 1) {
    const yardstick = await measureBaseline()
    const real = await measureApi()
    const ratio = real.micros / yardstick.micros
    ratios.push(ratio)
    if (yardstick.failed > 0 || real.failed > 0) {
      throw new Error(`${yardstick.failed} and ${real.failed} requests were not acknowledged`)
    }
    console.log(
      `${String(round).padStart(5)}   ${yardstick.micros.toFixed(1).padStart(8)}   ` +
        `${real.micros.toFixed(1).padStart(6)} = ${real.node.toFixed(1).padStart(5)} + ${real.database.toFixed(1).padStart(5)}       ` +
        `${ratio.toFixed(2).padStart(5)}   ${(real.acknowledged / real.seconds).toFixed(0).padStart(11)}   ` +
        `${real.p50.toFixed(1)} ms  ${real.p99.toFixed(1)} ms`,
    )
  }
  const { total } = await countScores(db, project.id, { surveyId, metric: 'nps', from: null, to: null })
  const stored = total.reduce((sum, n) => sum + n, 0)
  if (stored !== acknowledged) throw new Error(`acknowledged ${acknowledged}, stored ${stored}`)
  const middle = median(ratios)
  console.log(`\n${stored} acknowledged, all stored. Median ratio ${middle.toFixed(2)}, limit ${limit}.`)
  if (middle > limit) process.exitCode = 1
} finally {
  for (const { child } of [baseline, api]) {
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  sender.disconnect()
  await db.destroy()
  await postgres.stop()
  await rm(dataDir, { recursive: true, force: true })
}
