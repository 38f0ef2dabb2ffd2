import { type FaultStack, startFaultStack, type Visitors } from '@heed/test-stack/faults'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectKept } from '../support/expect-kept.ts'
import { recoversWithinMs } from '../support/recovers-within.ts'

let stack: FaultStack
let visitors: Visitors
let second: Awaited<ReturnType<FaultStack['postgres']['startStandby']>>
let third: typeof second

beforeAll(async () => {
  stack = await startFaultStack({ postgres: { settings: ['wal_keep_size = 64MB'] } })
  second = await stack.postgres.startStandby()
  visitors = stack.startVisitors()
  await visitors.reach(100)
})
afterAll(async () => {
  await stack?.close()
  await second?.close()
  await third?.close()
})

test('a primary that lives on read-only, with our connections, is left for the one that took over', async () => {
  // As a planned change does it: no more writes here, the standby has everything, then it is promoted.
  await stack.postgres.query('alter system set default_transaction_read_only = on', 'select pg_reload_conf()')
  await visitors.feel(16)
  await second.promote()
  stack.proxy.switchTo(second.url)
  expect(await visitors.allServed()).toBeLessThanOrEqual(recoversWithinMs)
  expect(stack.postgres.isRunning()).toBe(true)
  expect(visitors.unexpected).toEqual([])
})

test('a primary dies and its standby takes over', async () => {
  third = await second.startStandby()
  await visitors.reach(100)
  await second.stop('kill')
  await visitors.feel(16)
  await third.promote()
  stack.proxy.switchTo(third.url)
  expect(await visitors.allServed()).toBeLessThanOrEqual(recoversWithinMs)
  await visitors.reach(100)
  expect(visitors.unexpected).toEqual([])
})

test('nothing that was acknowledged on the way is missing at the end of it', async () => {
  await visitors.end()
  expectKept(await stack.judge(third.url))
})
