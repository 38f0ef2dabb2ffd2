/**
 * The sender of the ingest benchmarks, a process of its own so that its work is not counted: raw sockets without
 * pipelining, bodies made beforehand. It is told what to send, and tells what became of it.
 */
import { closedLoop } from './closed-loop.ts'
import type { Outcome } from './connection.ts'
import { Latencies } from './latencies.ts'
import type { LoadOrder, LoadResult } from './load.ts'
import { openLoop } from './open-loop.ts'

async function load(order: LoadOrder): Promise<LoadResult> {
  const of: Record<Outcome, Latencies> = {
    acknowledged: new Latencies(),
    refused: new Latencies(),
    failed: new Latencies(),
  }
  const note = (outcome: Outcome, ms: number) => of[outcome].add(ms)
  const { perSecond } = order
  const startedAt = performance.now()
  const cpuBefore = process.cpuUsage()
  await (perSecond === undefined ? closedLoop(order, note) : openLoop({ ...order, perSecond }, note))
  const { user, system } = process.cpuUsage(cpuBefore)
  return {
    acknowledged: of.acknowledged.count,
    refused: of.refused.count,
    failed: of.failed.count,
    seconds: (performance.now() - startedAt) / 1000,
    latency: of.acknowledged.summary(),
    refusal: of.refused.summary(),
    senderCpu: (user + system) / 1e6,
  }
}

process.on('message', (order: LoadOrder) => {
  void load(order).then((result) => process.send?.(result))
})
