/**
 * Kills one server under load, at random moments: its process and its embedded PostgreSQL, with SIGKILL, and nobody
 * repairs anything. What was acknowledged is in a journal, which is held against the database at the end; fails when
 * something is lost, doubled or changed, or any reply was neither an acknowledgement nor a request to come again.
 * The time after a kill of the API begins when the next one listens; that after one of PostgreSQL with the kill: the API finds
 * out and starts it again.
 *
 *   npm run bench -- kills [of the API] [of PostgreSQL] [seed]
 */
import { runKills, startEmbeddedStack } from '@heed/test-stack/faults'
import { printFault, reportFaults } from '../lib/report-faults.ts'

const api = Number(process.argv[2] ?? 20)
const postgres = Number(process.argv[3] ?? 10)
const seed = Number(process.argv[4] ?? Date.now() % 1e6)

console.log(`${api} kills of the API and ${postgres} of PostgreSQL, 32 visitors, seed ${seed}\n`)
const stack = await startEmbeddedStack()
try {
  const visitors = stack.startVisitors({ visitors: 32 })
  const results = await runKills(stack, visitors, { api, postgres, seed, onResult: printFault })
  await visitors.end()
  if (!reportFaults(results, visitors, await stack.judge())) process.exitCode = 1
} finally {
  await stack.close()
}
