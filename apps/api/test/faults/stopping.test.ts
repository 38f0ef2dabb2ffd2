import { once } from 'node:events'
import { connect } from 'node:net'
import { startFaultStack } from '@heed/test-stack/faults'
import { expect, onTestFinished, test } from 'vitest'
import { expectKept } from '../support/expect-kept.ts'

const stopsWithinMs = 15_000

async function start(env: Record<string, string> = {}) {
  const stack = await startFaultStack({ env })
  const visitors = stack.startVisitors()
  onTestFinished(() => stack.close())
  await visitors.reach(50)
  /** Milliseconds from the signal to the end of the process, and its exit code. */
  async function terminate() {
    const { child, exit } = stack.api()
    const startedMs = performance.now()
    child.kill('SIGTERM')
    const code = await exit
    return { code, ms: performance.now() - startedMs }
  }
  return { ...stack, visitors, terminate }
}

/** A caller of its own making; what it says is up to the test, and it reads nothing. */
async function say(url: string, text: string) {
  const socket = connect(Number(new URL(url).port), '127.0.0.1').pause()
  await once(socket, 'connect')
  socket.on('error', () => {})
  socket.write(text)
  onTestFinished(() => void socket.destroy())
  return socket
}

test('terminated under load it says so first, takes what still comes, ends connections, and has kept everything', async () => {
  const { api, visitors, terminate, judge, publicKey } = await start({ HEED_DRAIN_MS: '1000' })
  const { url } = api()
  const ended = terminate()
  let ready: Response
  do ready = await fetch(`${url}/readyz`)
  while (ready.status === 200)
  expect([ready.status, await ready.json()]).toEqual([503, { status: 'stopping' }])
  expect(ready.headers.get('connection')).toBe('close')
  const loader = await fetch(`${url}/${publicKey}/heed.js`)
  expect([loader.status, loader.headers.get('connection')]).toEqual([200, 'close'])
  await visitors.reach(10)
  const { code, ms } = await ended
  expect(code).toBe(0)
  expect(ms).toBeLessThanOrEqual(stopsWithinMs)
  await visitors.end()
  expect(visitors.unexpected).toEqual([])
  expectKept(await judge())
})

test('neither a silent database nor callers who never read or never finish keep it', async () => {
  const { api, proxy, visitors, terminate, judge, publicKey } = await start()
  const { url } = api()
  const head = 'HTTP/1.1\r\nhost: x\r\n'
  await say(url, `GET /${publicKey}/heed.js ${head}\r\n`)
  await say(
    url,
    `POST /v1/ingest/${publicKey} ${head}content-type: text/plain\r\ncontent-length: 100\r\n\r\n{"sdk"`,
  )
  proxy.blackHole()
  await visitors.feel(1)
  const { code, ms } = await terminate()
  expect(code).toBe(0)
  expect(ms).toBeLessThanOrEqual(stopsWithinMs)
  await visitors.end()
  expect(visitors.unexpected).toEqual([])
  await proxy.restore()
  expectKept(await judge())
}, 60_000)
