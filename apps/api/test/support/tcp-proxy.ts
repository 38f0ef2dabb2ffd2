import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

export interface TcpProxy {
  /** The database's URL, by way of the proxy. */
  url: string
  /** Ends every connection and refuses new ones. */
  cut(): void
  /** Keeps connections open and lets nothing come back through them: a half-open network. */
  freeze(): void
  restore(): void
  close(): Promise<void>
}

/** Stands between the API and its database, and can fail as networks do. */
export async function startTcpProxy(target: string): Promise<TcpProxy> {
  const { hostname, port } = new URL(target)
  const sockets = new Set<Socket>()
  let state: 'up' | 'cut' | 'frozen' = 'up'
  const server = createServer((near) => {
    if (state === 'cut') return near.destroy()
    const far = connect(Number(port), hostname)
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket)
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
    }
    near.on('data', (chunk) => far.write(chunk))
    far.on('data', (chunk) => {
      if (state !== 'frozen') near.write(chunk)
    })
    return undefined
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  const url = new URL(target)
  url.port = String(typeof address === 'object' ? address?.port : '')
  const endAll = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: url.href,
    cut() {
      state = 'cut'
      endAll()
    },
    freeze() {
      state = 'frozen'
    },
    restore() {
      state = 'up'
    },
    async close() {
      endAll()
      server.close()
      await once(server, 'close')
    },
  }
}
