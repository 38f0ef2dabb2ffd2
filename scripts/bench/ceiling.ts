/**
 * What happens at the ceiling and beyond. First what one process acknowledges in a second over 256 connections; then
 * three times that is offered, each request begun at its time whatever the server does, over as many connections as are
 * allowed: who is refused must hear so at once, most of what the server can do must still be done, memory stay bounded,
 * and everything acknowledged be stored. A request that finds all connections busy waits for one, and that counts in its
 * time: where more is offered than one process can read, that is what the figures show. `--sale-day`: 800 responses a second for five minutes instead, all of which
 * must be acknowledged. The limits of projects are off: one shop sends everything, and the queue has to defend itself.
 *
 *   npm run bench -- ceiling [--seconds 60] [--times 3] [--connections 4000] [--sale-day]
 */
import { parseArgs } from 'node:util'
import { peakMemory } from './ingest/peak-memory.ts'
import type { Measured } from './ingest/stage.ts'
import { setStage } from './ingest/stage.ts'
import { printVerdicts } from './ingest/verdicts.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string' },
    times: { type: 'string', default: '3' },
    connections: { type: 'string', default: '4000' },
    'sale-day': { type: 'boolean', default: false },
  },
})
const isSaleDay = values['sale-day']
const seconds = Number(values.seconds ?? (isSaleDay ? 300 : 60))
const saleDayPerSecond = 800

const show = (
  what: string,
  { rate, acknowledged, refused, failed, latency, refusal, senderCpu, ...rest }: Measured,
) =>
  console.log(
    `${what}: ${rate.toFixed(0)}/s acknowledged (${acknowledged}), p50 ${latency.p50.toFixed(1)}, p95 ${latency.p95.toFixed(1)}, ` +
      `p99 ${latency.p99.toFixed(1)} ms; ${refused} refused, p50 ${refusal.p50.toFixed(1)}, p99 ${refusal.p99.toFixed(1)} ms; ` +
      `${failed} failed; sender busy ${((senderCpu / rest.seconds) * 100).toFixed(0)} %`,
  )

const stage = await setStage()
try {
  const server = await stage.startHeed({
    HEED_TRUST_PROXY: '127.0.0.0/8',
    HEED_LIMIT_PROJECT: '0',
  })
  const before = await stage.measure(server, { connections: 256, seconds: isSaleDay ? 3 : 10 })
  show('ceiling', before)
  const perSecond = isSaleDay ? saleDayPerSecond : Math.round(before.rate * Number(values.times))
  console.log(`offered: ${perSecond}/s for ${seconds} s`)
  const result = await stage.measure(server, {
    connections: isSaleDay ? 256 : Number(values.connections),
    seconds,
    perSecond,
  })
  show(isSaleDay ? 'sale day' : 'flood', result)
  const acknowledged = before.acknowledged + result.acknowledged
  // What was on its way when its sender gave up is stored, or not, by the time the server has stopped.
  const memory = await peakMemory(server.pid)
  await stage.stop(server)
  const stored = await stage.count('responses')
  const unique = await stage.count('(select distinct project_id, id from responses) one')
  // Who had no answer may be stored all the same; nobody else may.
  const unknown = before.failed + result.failed
  const kept = [
    { what: 'acknowledged and not stored', value: Math.max(acknowledged - stored, 0), atMost: 0 },
    { what: 'stored and not acknowledged', value: Math.max(stored - acknowledged, 0), atMost: unknown },
    { what: 'stored twice', value: stored - unique, atMost: 0 },
  ]
  console.log('')
  printVerdicts(
    isSaleDay
      ? [
          { what: 'not acknowledged', value: result.refused + result.failed, atMost: 0 },
          { what: 'p99', value: result.latency.p99, atMost: 100, unit: ' ms' },
          ...kept,
        ]
      : [
          // Where nobody is refused, what the others waited is what there is to judge.
          {
            what: 'refusals, p99',
            value: (result.refused > 0 ? result.refusal : result.latency).p99,
            atMost: 50,
            unit: ' ms',
          },
          { what: 'goodput, ratio to the ceiling', value: result.rate / before.rate, atLeast: 0.7 },
          { what: 'resident memory', value: memory, atMost: 512, unit: ' MiB' },
          { what: 'requests without an answer', value: result.failed, atMost: 0 },
          ...kept,
        ],
  )
} finally {
  await stage.close()
}
