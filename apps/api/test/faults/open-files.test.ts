import { execFileSync } from 'node:child_process'
import { connect, type Socket } from 'node:net'
import { startFaultStack } from '@heed/test-stack/faults'
import { expect, onTestFinished, test } from 'vitest'
import { expectKept } from '../support/expect-kept.ts'
import { recoversWithinMs } from '../support/recovers-within.ts'

const canLimit = (() => {
  try {
    execFileSync('prlimit', ['--version'])
    return true
  } catch {
    console.error('\n!! SKIPPED: the test without file descriptors needs prlimit (Linux, util-linux)\n')
    return false
  }
})()

test.skipIf(!canLimit)(
  'without a file descriptor left it neither ends nor forgets, and goes on when there are some',
  async () => {
    const stack = await startFaultStack({ openFiles: 64 })
    const visitors = stack.startVisitors({ visitors: 8 })
    onTestFinished(() => stack.close())
    await visitors.reach(20)
    const crowd = keepConnecting(Number(new URL(stack.api().url).port), 100)
    onTestFinished(crowd.leave)
    await crowd.isTurnedAway
    // Its connections to the database end too, and the crowd is after what new ones are made of.
    stack.proxy.reset()
    await visitors.reach(20)
    expect(stack.api().child.exitCode).toBeNull()
    crowd.leave()
    expect(await visitors.allServed()).toBeLessThanOrEqual(recoversWithinMs)
    expect(stack.api().child.exitCode).toBeNull()
    await visitors.end()
    expect(visitors.unexpected).toEqual([])
    expectKept(await stack.judge())
  },
  60_000,
)

/** Takes every descriptor that becomes free: whoever is turned away comes again. */
function keepConnecting(port: number, count: number) {
  const sockets = new Set<Socket>()
  let hasLeft = false
  let turnAway = () => {}
  const isTurnedAway = new Promise<void>((resolve) => {
    turnAway = resolve
  })
  function come(): void {
    const socket = connect(port, '127.0.0.1')
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => {
      sockets.delete(socket)
      turnAway()
      if (!hasLeft) setImmediate(come)
    })
  }
  for (let n = 0; n < count; n += 1) come()
  return {
    isTurnedAway,
    leave() {
      hasLeft = true
      for (const socket of sockets) socket.destroy()
    },
  }
}
