import { runSoak, startFaultStack, startJetStreamStack } from '@heed/test-stack/faults'
import { findNatsServer } from '@heed/test-stack/nats'
import { expect, onTestFinished, test } from 'vitest'
import { expectKept } from '../support/expect-kept.ts'
import { recoversWithinMs } from '../support/recovers-within.ts'

const found = await findNatsServer()
if ('missing' in found) {
  console.error(`\n!! SKIPPED: the soak of JetStream mode needs nats-server: ${found.missing}\n`)
}

/** A minute of it is in `npm run soak`; here it is shown to run. */
const short = () => ({ faults: 2, everyMs: 0, lastsMs: 0, seed: Date.now() % 1e6 })

test('a soak goes through its faults and finds everything kept', async () => {
  const stack = await startFaultStack()
  onTestFinished(() => stack.close())
  const visitors = stack.startVisitors({ restMs: 5 })
  const options = short()
  const results = await runSoak(stack, visitors, options)
  await visitors.end()
  expect(visitors.unexpected, `seed ${options.seed}`).toEqual([])
  for (const { name, recoveredMs } of results) expect(recoveredMs, name).toBeLessThanOrEqual(recoversWithinMs)
  expectKept(await stack.judge())
}, 90_000)

test.skipIf('missing' in found)(
  'and so does one of JetStream mode',
  async () => {
    const stack = await startJetStreamStack('program' in found ? found.program : '')
    onTestFinished(() => stack.close())
    const visitors = stack.startVisitors({ restMs: 5 })
    const options = short()
    await runSoak(stack, visitors, options)
    await visitors.end()
    expect(visitors.unexpected, `seed ${options.seed}`).toEqual([])
    expectKept(await stack.judge())
  },
  120_000,
)
