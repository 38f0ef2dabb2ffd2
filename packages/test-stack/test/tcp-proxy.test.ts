import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { startTcpProxy, type TcpProxy } from '@heed/test-stack/faults'
import { expect, onTestFinished, test } from 'vitest'

/** Answers each piece with `<name>: <piece>`. */
async function startServer(name = 'echo') {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('data', (chunk) => socket.write(`${name}: ${chunk}`))
    socket.on('error', () => {})
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const address = server.address()
  return `tcp://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
}

async function startProxy(target?: string): Promise<TcpProxy> {
  const proxy = await startTcpProxy(target ?? (await startServer()))
  onTestFinished(() => proxy.close())
  return proxy
}

/** A caller that says what came: the next piece, or how the connection ended. */
async function call({ url }: TcpProxy) {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  const news: string[] = []
  let tell = () => {}
  const note = (what: string) => {
    news.push(what)
    tell()
  }
  socket.on('data', (chunk) => note(String(chunk)))
  socket.on('error', (error: NodeJS.ErrnoException) => note(error.code ?? 'error'))
  socket.on('end', () => note('end'))
  await once(socket, 'connect').catch(() => {})
  const next = async (): Promise<string> => {
    while (news.length === 0) await new Promise<void>((resolve) => (tell = resolve))
    return news.shift() ?? ''
  }
  return {
    next,
    say: (what: string) => void socket.write(what),
    async ask(what: string) {
      socket.write(what)
      return next()
    },
    /** What has come until another connection had its answer: on one machine nothing is slower than that. */
    async nothingUntil(other: Promise<unknown>) {
      await other
      return news.length === 0
    },
  }
}

test('bytes pass both ways, and so does the end', async () => {
  const caller = await call(await startProxy())
  expect(await caller.ask('one')).toBe('echo: one')
  expect(await caller.ask('two')).toBe('echo: two')
})

test('cut ends who is connected, and everybody who comes', async () => {
  const proxy = await startProxy()
  const caller = await call(proxy)
  await caller.ask('one')
  proxy.cut()
  expect(await caller.next()).toBe('ECONNRESET')
  expect(await (await call(proxy)).next()).toBe('ECONNRESET')
  await proxy.restore()
  expect(await (await call(proxy)).ask('two')).toBe('echo: two')
})

test('refuse turns newcomers away and lets the others go on', async () => {
  const proxy = await startProxy()
  const caller = await call(proxy)
  await caller.ask('one')
  proxy.refuse()
  expect(await (await call(proxy)).next()).toBe('ECONNREFUSED')
  expect(await caller.ask('two')).toBe('echo: two')
  await proxy.restore()
  expect(await (await call(proxy)).ask('three')).toBe('echo: three')
})

test('reset ends who is connected, and newcomers pass', async () => {
  const proxy = await startProxy()
  const caller = await call(proxy)
  await caller.ask('one')
  proxy.reset()
  expect(await caller.next()).toBe('ECONNRESET')
  expect(await (await call(proxy)).ask('two')).toBe('echo: two')
})

test('a black hole takes connections and bytes; who has lost some stays lost, newcomers pass afterwards', async () => {
  const proxy = await startProxy()
  const [caller, quiet, elsewhere] = [await call(proxy), await call(proxy), await call(await startProxy())]
  await Promise.all([caller.ask('one'), quiet.ask('one')])
  proxy.blackHole()
  caller.say('two')
  await proxy.firstLoss()
  const newcomer = await call(proxy)
  newcomer.say('three')
  expect(await caller.nothingUntil(elsewhere.ask('x'))).toBe(true)
  expect(await newcomer.nothingUntil(elsewhere.ask('y'))).toBe(true)
  await proxy.restore()
  caller.say('four')
  expect(await quiet.ask('five')).toBe('echo: five')
  expect(await caller.nothingUntil((await call(proxy)).ask('six'))).toBe(true)
})

test('held bytes arrive after the restore, in order', async () => {
  const proxy = await startProxy()
  const [caller, other] = [await call(proxy), await call(await startProxy())]
  await caller.ask('one')
  proxy.hold()
  caller.say('two')
  expect(await caller.nothingUntil(other.ask('x'))).toBe(true)
  await proxy.restore()
  expect(await caller.next()).toBe('echo: two')
})

test('latency comes twice, on the way there and back', async () => {
  const proxy = await startProxy()
  proxy.slow({ latencyMs: 60 })
  const caller = await call(proxy)
  const startedMs = performance.now()
  expect(await caller.ask('one')).toBe('echo: one')
  expect(performance.now() - startedMs).toBeGreaterThanOrEqual(119)
})

test('a narrow line takes its time for each byte, and keeps their order', async () => {
  const proxy = await startProxy()
  proxy.slow({ bytesPerSecond: 100_000 })
  const caller = await call(proxy)
  const startedMs = performance.now()
  const sent = Array.from({ length: 2_000 }, (_, n) => n).join()
  caller.say(sent)
  let got = ''
  while (got.replaceAll('echo: ', '').length < sent.length) got += await caller.next()
  expect(got.replaceAll('echo: ', '')).toBe(sent)
  expect(performance.now() - startedMs).toBeGreaterThanOrEqual((2 * sent.length) / 100 - 5)
})

test('an answer is cut after so many bytes', async () => {
  const proxy = await startProxy()
  proxy.cutAfter(8)
  const caller = await call(proxy)
  expect(await caller.ask('one')).toMatch(/^(echo: on|ECONNRESET)$/)
})

test('newcomers go to another server when it is switched to, the others stay', async () => {
  const proxy = await startProxy(await startServer('old'))
  const caller = await call(proxy)
  await caller.ask('one')
  proxy.switchTo(await startServer('new'))
  expect(await (await call(proxy)).ask('two')).toBe('new: two')
  expect(await caller.ask('three')).toBe('old: three')
})
