/**
 * Sends requests made from the API's own description, right ones and wrong ones, to every operation of a server in a
 * process of its own, and checks every reply against that description. Fails on a 5xx, a reply that is not described,
 * a server that ended, or memory beyond 512 MiB. The seed is printed; the same seed sends the same requests.
 *
 *   npm run fuzz [-- requests for each operation] [seed]
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { migrateToLatest, openDatabase } from '@heed/db'
import { startEmbedded } from '@heed/db/embedded'
import { type Finding, runFuzz } from '@heed/test-stack/fuzz'
import { loadWidgetAssets } from '@heed/widget/assets'

const requests = Number(process.argv[2] ?? 2000)
const seed = Number(process.argv[3] ?? Date.now() % 2 ** 31)
// Left to itself V8 uses what the machine has before it looks what is still needed; within this a leak ends the server.
const maxHeapMiB = 192
const maxMemoryMiB = 512

const dataDir = await mkdtemp(join(tmpdir(), 'heed-fuzz-'))
const postgres = await startEmbedded({ dataDir })
const db = openDatabase({ url: postgres.url, application: 'heed fuzz', poolSize: 2 })
await migrateToLatest(db)
const cli = fileURLToPath(new URL('../apps/api/src/cli.ts', import.meta.url))
const server = spawn(
  process.execPath,
  [`--max-old-space-size=${maxHeapMiB}`, '--conditions=@heed/source', cli, 'serve', '--json'],
  {
    env: {
      ...process.env,
      PORT: '0',
      DATABASE_URL: postgres.url,
      HEED_LOG_LEVEL: 'error',
      HEED_LIMIT_VISITOR: '0',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  },
)
let isRunning = true
server.once('exit', () => {
  isRunning = false
})
const [line] = await once(server.stdout, 'data')
const { url } = JSON.parse(String(line)) as { url: string }

console.log(`${requests} requests to each operation, seed ${seed}`)
const [widgetPart = ''] = (await loadWidgetAssets()).files.keys()
let peakMiB = 0
const startedMs = performance.now()
try {
  const report = await runFuzz({
    url,
    db,
    requests,
    seed,
    widgetPart,
    async onRound() {
      const metrics = await (await fetch(`${url}/metrics`)).text()
      const bytes = Number(/^process_resident_memory_bytes (\S+)/m.exec(metrics)?.[1])
      peakMiB = Math.max(peakMiB, bytes / 2 ** 20)
    },
  })
  for (const [operationId, statuses] of Object.entries(report.statuses).sort()) {
    const counts = Object.entries(statuses).map(([status, count]) => `${status}: ${count}`)
    console.log(`${operationId.padEnd(24)} ${counts.join('  ')}`)
  }
  const kinds = new Map<string, { first: Finding; count: number }>()
  for (const finding of report.findings) {
    const kind = `${finding.operationId}: ${finding.why.slice(0, 100)}`
    const { first, count } = kinds.get(kind) ?? { first: finding, count: 0 }
    kinds.set(kind, { first, count: count + 1 })
  }
  for (const { first, count } of kinds.values()) {
    console.log(`\n${first.operationId}, ${first.trick}, ${count} times: ${first.why}\n  ${first.request}`)
  }
  const seconds = (performance.now() - startedMs) / 1000
  console.log(
    `\n${report.sent} requests in ${seconds.toFixed(0)} s, ${report.findings.length} findings of ${kinds.size} kinds, memory ${peakMiB.toFixed(0)} MiB at most`,
  )
  if (report.findings.length > 0 || peakMiB > maxMemoryMiB || !isRunning) process.exitCode = 1
} finally {
  server.kill('SIGTERM')
  if (isRunning) await once(server, 'exit')
  await db.destroy()
  await postgres.stop()
  await rm(dataDir, { recursive: true, force: true })
}
