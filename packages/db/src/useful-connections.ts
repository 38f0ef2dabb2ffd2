import { Socket } from 'node:net'
import pg from 'pg'
import { isConnectionUseless } from './failure-kind.ts'

/** How long a connection may take to close; one into a dead network would take for ever, and keep the process. */
const goodbyeMs = 1_000

/** A connection that can be ended whatever the other end does. */
class Connection extends pg.Client {
  readonly socket: Socket

  constructor(config: pg.ClientConfig = {}) {
    const socket = new Socket()
    // The pool hides the password from enumeration, so a spread alone would lose it.
    super({ ...config, password: config.password, stream: () => socket })
    this.socket = socket
  }

  override end(): Promise<void>
  override end(callback: (error: Error) => void): void
  override end(callback?: (error: Error) => void): Promise<void> | undefined {
    setTimeout(() => this.socket.destroy(), goodbyeMs).unref()
    if (!callback) return super.end()
    super.end(callback)
    return undefined
  }
}

export interface UsefulConnections {
  pool: pg.Pool
  /** Ends those that are in use too; what waits for them fails. */
  cut(): void
}

/**
 * A pool that keeps no connection which leads nowhere. pg itself drops one whose socket fails, but gives back into use one
 * that timed out and still waits for its reply, and one to a primary that became read-only. And when a server has vanished
 * without a word it would find that out connection by connection, by one timeout each: here the first failure ends
 * all that are idle.
 */
export function usefulConnections(config: pg.PoolConfig): UsefulConnections {
  const pool = new pg.Pool({ ...config, Client: Connection })
  const all = new Set<Connection>()
  const idle = new Set<Connection>()
  const useless = new WeakSet<Connection>()

  /** The pool makes no others. */
  const known = (client: pg.Client) => client as Connection

  function observe(client: Connection): void {
    const query = client.query.bind(client) as (...args: unknown[]) => unknown
    client.query = ((...args: unknown[]) => {
      const result = query(...args)
      if (result instanceof Promise) {
        result.catch((error: unknown) => {
          if (isConnectionUseless(error)) useless.add(client)
        })
      }
      return result
    }) as typeof client.query
  }

  function forget(client: pg.Client): void {
    all.delete(known(client))
    idle.delete(known(client))
  }

  // An error event that nobody listens to ends the process: of an idle connection when the server restarts, of one in
  // use between two statements, of one that is closing. The pool drops such a connection by itself, and the next query
  // opens another, or fails where somebody is waiting for it.
  pool.on('error', (_error, client) => forget(client))
  pool.on('connect', (client) => {
    client.on('error', () => {})
    all.add(known(client))
    observe(known(client))
  })
  pool.on('acquire', (client) => idle.delete(known(client)))
  pool.on('remove', forget)
  pool.on('release', (error, client) => {
    if (!useless.has(known(client))) {
      if (!error) idle.add(known(client))
      return
    }
    // Before the pool looks whether it can be used again, which one that is ending cannot.
    void client.end()
    // An idle one with an error leaves the pool at once; when its socket is ended somebody may still be given it.
    for (const other of idle) other.emit('error', new Error('its neighbour leads nowhere'))
  })
  return {
    pool,
    cut() {
      for (const { socket } of all) socket.destroy()
    },
  }
}
