import { setTimeout as delay } from 'node:timers/promises'
import type { FaultStack } from './fault-stack.ts'
import type { JetStreamStack } from './jetstream-stack.ts'
import { type Fault, type FaultResult, runFault } from './run-faults.ts'
import { seededRandom, shuffled } from './seeded-random.ts'
import type { Visitors } from './visitors.ts'

export interface SoakOptions {
  /** How many faults, one after the other. Each comes once before one comes again. */
  faults: number
  /** From the beginning of one to the beginning of the next. */
  everyMs: number
  /** Decides their order and how long each lasts. */
  seed: number
  /** The longest that a fault lasts beyond the moment when somebody feels it. @default 10_000 */
  lastsMs?: number
  /** Hears of each as soon as it is over. */
  onResult?(result: FaultResult): void
}

/** Everything that happens to a server in a bad month, one thing at a time. */
export async function runSoak(
  stack: FaultStack | JetStreamStack,
  visitors: Visitors,
  options: SoakOptions,
): Promise<FaultResult[]> {
  const random = seededRandom(options.seed)
  const results: FaultResult[] = []
  let deck: Fault[] = []
  for (let n = 0; n < options.faults; n += 1) {
    if (deck.length === 0)
      deck = shuffled('nats' in stack ? faultsOfStream(stack) : faultsOfDirect(stack), random)
    const fault = deck.pop()
    if (!fault) break
    const next = delay(options.everyMs)
    await visitors.reach(20)
    const lastsMs = random() * (options.lastsMs ?? 10_000)
    const result = await runFault(visitors, fault, () => delay(lastsMs))
    results.push(result)
    options.onResult?.(result)
    await next
  }
  return results
}

function faultsOfDirect({ proxy, postgres, killApi, startApi, api }: FaultStack): Fault[] {
  const onTheWay = (name: string, begin: () => void, isOutage = true): Fault => ({
    name,
    begin,
    end: proxy.restore,
    isOutage,
  })
  const restarts = (['fast', 'immediate', 'kill'] as const).map((how) => ({
    name: `PostgreSQL stopped (${how})`,
    begin: () => postgres.stop(how),
    end: postgres.start,
    isOutage: true,
  }))
  return [
    ...restarts,
    onTheWay('connections cut', proxy.cut),
    onTheWay('black hole', proxy.blackHole),
    onTheWay('network stands still', proxy.hold),
    onTheWay('answers lost', proxy.loseReplies),
    onTheWay('answers break off', () => proxy.cutAfter(500)),
    onTheWay('connections reset', proxy.reset, false),
    onTheWay('200 ms away', () => proxy.slow({ latencyMs: 100 }), false),
    { name: 'API killed', begin: killApi, end: startApi, isOutage: true },
    { name: 'API terminated', begin: () => terminate(api()), end: startApi, isOutage: true },
  ]
}

function faultsOfStream(stack: JetStreamStack): Fault[] {
  const { nats, postgres, killApi, startApi, killWriter, startWriter } = stack
  let down = ''
  const killServer = (name: string, choose: (leader: string) => string): Fault => ({
    name,
    async begin() {
      down = choose(await nats.leaderOf('HEED_INGEST'))
      await nats.kill(down)
    },
    end: () => nats.start(down),
  })
  const killLeader = killServer('leader of the stream killed', (leader) => leader)
  return [
    killLeader,
    killLeader,
    killServer('follower killed', (leader) => nats.names.find((name) => name !== leader) ?? ''),
    { name: 'writer killed', begin: killWriter, end: startWriter },
    { name: 'PostgreSQL killed', begin: () => postgres.stop('kill'), end: postgres.start },
    { name: 'API killed', begin: killApi, end: startApi, isOutage: true },
  ]
}

async function terminate({ child, exit }: ReturnType<FaultStack['api']>): Promise<void> {
  child.kill('SIGTERM')
  const code = await exit
  if (code !== 0) throw new Error(`a process that was told to stop ended with ${code}`)
}
