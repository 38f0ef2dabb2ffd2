import type { EmbeddedStack } from './embedded-stack.ts'
import { type Fault, type FaultResult, runFault } from './run-faults.ts'
import { seededRandom, shuffled } from './seeded-random.ts'
import type { Visitors } from './visitors.ts'

export interface KillLoop {
  /** How often the API's process is killed. */
  api: number
  /** How often PostgreSQL is. */
  postgres: number
  /** Decides the order, and how many answers are taken before each. */
  seed: number
  /** Hears of each as soon as it is over. */
  onResult?(result: FaultResult): void
}

/** The most answers between two kills. */
const maxBetween = 400

/** Kills the processes of one server under load, at moments that nobody chose. */
export async function runKills(
  stack: EmbeddedStack,
  visitors: Visitors,
  loop: KillLoop,
): Promise<FaultResult[]> {
  const random = seededRandom(loop.seed)
  const killApi: Fault = { name: 'API killed', begin: stack.killApi, end: stack.startApi, isOutage: true }
  // Its processes serve for a moment after its death, until they notice.
  const killPostgres: Fault = { name: 'PostgreSQL killed', begin: stack.killPostgres, isOutage: true }
  const order = shuffled(
    [
      ...Array.from({ length: loop.api }, () => killApi),
      ...Array.from({ length: loop.postgres }, () => killPostgres),
    ],
    random,
  )
  const results: FaultResult[] = []
  for (const fault of order) {
    await visitors.reach(1 + Math.floor(random() * maxBetween))
    const result = await runFault(visitors, fault)
    results.push(result)
    loop.onResult?.(result)
  }
  return results
}
