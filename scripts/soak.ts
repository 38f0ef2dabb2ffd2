/**
 * A server under steady load and one fault each minute: its database stopped, killed, slow, silent or out of reach, its own
 * process killed or terminated; or, with `jetstream`, the leader of the stream, a follower, the writer, the API and the
 * database killed on a real cluster of three. At the end the journal of what was acknowledged is held against the
 * database. Fails when something is lost, doubled or changed, when a reply was neither an acknowledgement nor a request to
 * come again, and in direct mode when somebody was not served again 5 s after a fault.
 *
 *   npm run soak [-- minutes] [direct | jetstream] [seed]
 */
import { runSoak, startFaultStack, startJetStreamStack } from '@heed/test-stack/faults'
import { findNatsServer } from '@heed/test-stack/nats'
import { printFault, reportFaults } from './lib/report-faults.ts'

const minutes = Number(process.argv[2] ?? 20)
const mode = process.argv[3] ?? 'direct'
const seed = Number(process.argv[4] ?? Date.now() % 1e6)
const recoversWithinMs = 5_000

if (mode !== 'direct' && mode !== 'jetstream') throw new Error(`"${mode}": expected direct or jetstream`)

async function startJetStream() {
  const found = await findNatsServer()
  if ('missing' in found) throw new Error(`no nats-server could be had: ${found.missing}`)
  return startJetStreamStack(found.program)
}

console.log(`${minutes} minutes, ${mode} mode, a fault a minute, seed ${seed}\n`)
const stack = mode === 'direct' ? await startFaultStack() : await startJetStream()
try {
  // About 300 answers a second: a steady load, not a full one.
  const visitors = stack.startVisitors({ visitors: 16, restMs: 50 })
  const options = { faults: Math.max(1, Math.round(minutes)), everyMs: 60_000, seed }
  const results = await runSoak(stack, visitors, { ...options, onResult: printFault })
  await visitors.end()
  const isKept = reportFaults(results, visitors, await stack.judge())
  const slow = results.filter(({ recoveredMs }) => mode === 'direct' && recoveredMs > recoversWithinMs)
  for (const { name, recoveredMs } of slow)
    console.log(`${name}: not served again within 5 s: ${recoveredMs} ms`)
  if (!isKept || slow.length > 0) process.exitCode = 1
} finally {
  await stack.close()
}
