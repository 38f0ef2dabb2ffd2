import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { readConfig } from '../src/config.ts'
import { backOffMs, countYoungDeaths } from '../src/workers/back-off.ts'
import { FiguresOfAll } from '../src/workers/figures-of-all.ts'
import type { Figures } from '../src/workers/messages.ts'
import { shareOf } from '../src/workers/share-of.ts'

/** A worker's figures as they come over the line between processes. */
async function figuresOf(answers: number, memory: number, age: number): Promise<Figures> {
  const registry = new Registry()
  const registers = [registry]
  new Counter({
    name: 'heed_ingest_items_total',
    help: 'h',
    labelNames: ['status'],
    registers,
  }).inc({ status: 'stored' }, answers)
  new Histogram({ name: 'rows', help: 'h', buckets: [1, 10], registers }).observe(answers)
  new Gauge({ name: 'process_resident_memory_bytes', help: 'h', registers }).set(memory)
  new Gauge({ name: 'age', help: 'h', aggregator: 'max', registers }).set(age)
  return JSON.parse(JSON.stringify(await registry.getMetricsAsJSON())) as Figures
}

const stored = (count: number) => `heed_ingest_items_total{status="stored"} ${count}\n`

test('counts and sizes are added up, of ages the oldest counts', async () => {
  const all = new FiguresOfAll(new Registry())
  all.note(1, await figuresOf(5, 1000, 3))
  all.note(2, await figuresOf(20, 500, 2))
  const text = await all.text()
  expect(text).toContain(stored(25))
  expect(text).toContain('rows_bucket{le="10"} 1\n')
  expect(text).toContain('rows_count 2\n')
  expect(text).toContain('process_resident_memory_bytes 1500\n')
  expect(text).toContain('age 3\n')
  expect(text).toContain('heed_worker_items{worker="2"} 20\n')
})

test('what workers had counted stays when they end, their memory does not', async () => {
  const all = new FiguresOfAll(new Registry())
  for (const answers of [5, 7]) {
    all.note(1, await figuresOf(answers, 1000, 9))
    all.note(2, await figuresOf(answers, 1000, 9))
    all.forget(1)
    all.forget(2)
  }
  all.forget(1)
  all.note(1, await figuresOf(1, 200, 1))
  const text = await all.text()
  expect(text).toContain(stored(25))
  expect(text).toContain('rows_sum 25\n')
  expect(text).toContain('process_resident_memory_bytes 200\n')
  expect(text).toContain('age 1\n')
  expect(text).not.toContain('heed_worker_items{worker="2"}')
})

test('a worker that ends again and again is waited for longer and longer, one that had lived is not', () => {
  const delays = Array.from({ length: 10 }, (_, deaths) => backOffMs(deaths))
  expect(delays).toEqual([0, 100, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000])
  expect(countYoungDeaths(3, 500)).toBe(4)
  expect(countYoungDeaths(3, 60_000)).toBe(0)
})

test('workers share the limits of addresses and projects; a visitor is not cut into parts', () => {
  const config = readConfig({
    HEED_LIMIT_ADDRESS: '6000/60',
    HEED_LIMIT_PUBLIC: '0',
    HEED_LIMIT_PROJECT: '10/1',
    HEED_LIMIT_VISITOR: '120/60',
  })
  const { limits } = shareOf(config, 4)
  expect(limits).toEqual({
    ...config.limits,
    address: { quota: 1500, windowSeconds: 60 },
    project: { quota: 3, windowSeconds: 1 },
  })
})
