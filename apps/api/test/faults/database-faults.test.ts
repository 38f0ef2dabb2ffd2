import { type FaultStack, type Stop, startFaultStack, type Visitors } from '@heed/test-stack/faults'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectKept } from '../support/expect-kept.ts'
import { recoversWithinMs } from '../support/recovers-within.ts'

let stack: FaultStack
let visitors: Visitors

beforeAll(async () => {
  stack = await startFaultStack()
  visitors = stack.startVisitors()
  await visitors.reach(50)
})
afterAll(async () => {
  await stack?.close()
})

const status = async (path: string) => (await fetch(`${stack.api().url}${path}`)).status

/** Everybody has been told to come again, and the process says what it can and cannot do. */
async function expectOutage(): Promise<void> {
  await visitors.feel(1)
  expect(await status('/livez')).toBe(200)
  expect(await status('/readyz')).toBe(503)
}

async function expectRecovery(): Promise<void> {
  expect(await visitors.allServed()).toBeLessThanOrEqual(recoversWithinMs)
  expect(await status('/readyz')).toBe(200)
  expect(visitors.unexpected).toEqual([])
}

describe('answers are taken again at once when the database', () => {
  const faults: Record<string, () => void> = {
    'was not listening'() {
      stack.proxy.refuse()
      stack.proxy.reset()
    },
    'ended each connection as soon as it was made': () => stack.proxy.cut(),
    'was out of reach, but not for so long that TCP gave up': () => stack.proxy.hold(),
    'broke off in the middle of its answers': () => stack.proxy.cutAfter(200),
  }
  test.each(Object.entries(faults))('%s', async (_name, begin) => {
    begin()
    await expectOutage()
    await stack.proxy.restore()
    await expectRecovery()
  })

  test.each<Stop>(['fast', 'immediate', 'kill'])('was restarted (%s)', async (how) => {
    await stack.postgres.stop(how)
    await expectOutage()
    await stack.postgres.start()
    await expectRecovery()
  })
})

test('a database that was silent for a moment, and lost what it was told, is not waited for', async () => {
  stack.proxy.blackHole()
  await stack.proxy.firstLoss()
  await stack.proxy.restore()
  await expectRecovery()
})

describe('answers are taken all the time while the database', () => {
  const slowness = {
    'is 200 ms away': { latencyMs: 100 },
    'is behind a narrow line': { bytesPerSecond: 20_000 },
  }
  test.each(Object.entries(slowness))('%s', async (_name, line) => {
    const failed = visitors.outcomes.get(503)
    stack.proxy.slow(line)
    await visitors.reach(50)
    expect(await status('/readyz')).toBe(200)
    await stack.proxy.restore()
    await expectRecovery()
    expect(visitors.outcomes.get(503)).toBe(failed)
  })

  test('has been asked to stop when nobody needs it any more (smart)', async () => {
    const stopping = stack.postgres.stop('smart')
    await visitors.reach(50)
    expect(stack.postgres.isRunning()).toBe(true)
    await stack.postgres.stop('fast')
    await stopping
    await stack.postgres.start()
    await expectRecovery()
  })
})

test('a database whose machine goes away without a word, under full load, costs no more memory than any other', async () => {
  const crowd = stack.startVisitors({ visitors: 256, padding: 40_000 })
  await crowd.reach(256)
  stack.proxy.blackHole()
  await crowd.feel(64)
  expect(await status('/livez')).toBe(200)
  expect(await status('/readyz')).toBe(503)
  expect(stack.apiMemoryMiB()).toBeLessThan(512)
  await stack.proxy.restore()
  expect(await crowd.allServed()).toBeLessThanOrEqual(recoversWithinMs)
  await crowd.end()
  expect(crowd.unexpected).toEqual([])
})

test('after all of that everything acknowledged is stored, once, as it was sent, by the same process', async () => {
  await visitors.end()
  expect(stack.api().child.exitCode).toBeNull()
  expect(visitors.outcomes.get('none')).toBeUndefined()
  expectKept(await stack.judge())
})
