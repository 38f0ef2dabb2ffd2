import { runKills, startEmbeddedStack } from '@heed/test-stack/faults'
import { expect, onTestFinished, test } from 'vitest'
import { expectKept } from '../support/expect-kept.ts'

test('killed at random, process and database, one server needs nobody to repair it and has all that it acknowledged', async () => {
  const stack = await startEmbeddedStack()
  onTestFinished(() => stack.close())
  const visitors = stack.startVisitors()
  const seed = Date.now() % 1e6
  const results = await runKills(stack, visitors, { api: 2, postgres: 2, seed })
  await visitors.end()
  expect(results).toHaveLength(4)
  expect(visitors.unexpected, `seed ${seed}`).toEqual([])
  expectKept(await stack.judge())
}, 90_000)
