import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'

/** What happens to the bytes of a connection. */
type Way =
  | 'pass'
  /** They wait until `restore`, as in a network that heals before TCP gives up. */
  | 'hold'
  /** They vanish, in both directions or on their way back; nobody closes anything. */
  | 'swallow'
  | 'swallow-replies'

interface SlowLine {
  /** Added on the way there and on the way back. @default 0 */
  latencyMs?: number
  /** Each way of each connection. @default unlimited */
  bytesPerSecond?: number
}

/**
 * Stands between a client and its server, and fails as networks and machines do. What a method says holds for the
 * connections that are open and for those that come, until the next one is called, and at once.
 */
export interface TcpProxy {
  /** The target's URL, by way of the proxy. */
  url: string
  /** How many are open. */
  connections(): number
  /** Everything passes. A connection that has lost bytes stays dead, as one to a machine that is gone: it cannot go on. */
  restore(): Promise<void>
  /** Ends every connection, and each new one as soon as it is there. */
  cut(): void
  /** Nothing listens: new connections are refused, open ones go on. */
  refuse(): void
  /** Sends a reset to everybody who is connected; new connections pass. */
  reset(): void
  /** Takes connections and bytes, and nothing ever comes of them. */
  blackHole(): void
  /** Resolves when the black hole has swallowed something, or a reply was lost; at once when that has happened since the last `restore`. */
  firstLoss(): Promise<void>
  /** A half-open network: what is asked arrives, what is answered does not. */
  loseReplies(): void
  /** Bytes wait for `restore`. */
  hold(): void
  slow(line: SlowLine): void
  /** Resets each connection in the middle of an answer: when so many bytes have come back through it from now on. */
  cutAfter(replyBytes: number): void
  /** New connections go to another server. Those that are open stay where they are. */
  switchTo(target: string): void
  close(): Promise<void>
}

/** One way of a connection: what goes in comes out in order, each piece when it is due. */
class Lane {
  readonly #from: Socket
  readonly #to: Socket
  /** Without bytes: the end. */
  readonly #queue: { bytes?: Buffer; dueMs: number }[] = []
  #timer: NodeJS.Timeout | undefined
  #isHolding = false
  /** When the line has sent all that it was given. */
  #busyUntilMs = 0

  constructor(from: Socket, to: Socket) {
    this.#from = from
    this.#to = to
  }

  send(bytes: Buffer, { latencyMs = 0, bytesPerSecond = Number.POSITIVE_INFINITY }: SlowLine): void {
    this.#busyUntilMs =
      Math.max(performance.now(), this.#busyUntilMs) + (bytes.length / bytesPerSecond) * 1000
    this.#queue.push({ bytes, dueMs: this.#busyUntilMs + latencyMs })
    this.#pump()
  }

  end(): void {
    this.#queue.push({ dueMs: this.#queue.at(-1)?.dueMs ?? 0 })
    this.#pump()
  }

  hold(): void {
    this.#isHolding = true
  }

  release(): void {
    this.#isHolding = false
    this.#pump()
  }

  #pump(): void {
    clearTimeout(this.#timer)
    if (this.#isHolding) return
    for (let next = this.#queue[0]; next; next = this.#queue[0]) {
      const waitMs = next.dueMs - performance.now()
      if (waitMs > 0) {
        this.#timer = setTimeout(() => this.#pump(), waitMs)
        return
      }
      this.#queue.shift()
      this.#write(next.bytes)
    }
  }

  #write(bytes: Buffer | undefined): void {
    if (this.#to.destroyed || this.#to.writableEnded) return
    if (!bytes) this.#to.end()
    else if (!this.#to.write(bytes)) {
      this.#from.pause()
      this.#to.once('drain', () => this.#from.resume())
    }
  }
}

interface Connection {
  near: Socket
  far: Socket
  there: Lane
  back: Lane
  hasLost: boolean
  /** Bytes that may still come back; undefined: any number. */
  replyBytes?: number
}

export async function startTcpProxy(target: string): Promise<TcpProxy> {
  let to = new URL(target)
  const connections = new Set<Connection>()
  let way: Way = 'pass'
  let line: SlowLine = {}
  let isCut = false
  let replyBytes: number | undefined
  let lose = () => {}
  let loss = Promise.resolve()
  const expectLoss = () => {
    loss = new Promise((resolve) => {
      lose = resolve
    })
  }
  expectLoss()

  /** Whether these bytes are gone. */
  function isLost(connection: Connection, isReply: boolean): boolean {
    const loses = way === 'swallow' || (way === 'swallow-replies' && isReply)
    if (loses) {
      connection.hasLost = true
      lose()
    }
    return loses || (connection.hasLost && way === 'pass')
  }

  function accept(near: Socket): void {
    near.on('error', () => {})
    if (isCut) {
      near.resetAndDestroy()
      return
    }
    const far = connect(Number(to.port), to.hostname)
    const connection: Connection = {
      near,
      far,
      there: new Lane(near, far),
      back: new Lane(far, near),
      hasLost: false,
      ...(replyBytes !== undefined && { replyBytes }),
    }
    if (way === 'hold') for (const lane of [connection.there, connection.back]) lane.hold()
    connections.add(connection)
    near.on('data', (chunk) => {
      if (!isLost(connection, false)) connection.there.send(chunk, line)
    })
    far.on('data', (chunk) => {
      if (connection.replyBytes !== undefined) {
        connection.replyBytes -= chunk.length
        if (connection.replyBytes < 0) {
          near.write(chunk.subarray(0, chunk.length + connection.replyBytes), () => end(connection))
          return
        }
      }
      if (!isLost(connection, true)) connection.back.send(chunk, line)
    })
    // Who is told nothing is not told that the other end has closed either.
    near.on('end', () => {
      if (!isLost(connection, false)) connection.there.end()
    })
    far.on('end', () => {
      if (!isLost(connection, true)) connection.back.end()
    })
    far.on('error', () => {
      if (!isLost(connection, true)) near.resetAndDestroy()
    })
    near.on('close', () => {
      connections.delete(connection)
      far.destroy()
    })
  }

  function end(connection: Connection): void {
    connection.near.resetAndDestroy()
    connection.far.destroy()
  }

  function endAll(): void {
    for (const connection of connections) end(connection)
  }

  function be(next: Way): void {
    way = next
    for (const { there, back } of connections) {
      for (const lane of [there, back]) {
        if (next === 'hold') lane.hold()
        else lane.release()
      }
    }
  }

  let server = await listen(0, accept)
  const port = portOf(server)
  const url = new URL(target)
  url.hostname = '127.0.0.1'
  url.port = String(port)

  return {
    url: url.href,
    connections: () => connections.size,
    async restore() {
      isCut = false
      line = {}
      replyBytes = undefined
      for (const connection of connections) delete connection.replyBytes
      expectLoss()
      be('pass')
      if (!server.listening) server = await listen(port, accept)
    },
    cut() {
      isCut = true
      endAll()
    },
    refuse() {
      server.close()
    },
    reset: endAll,
    blackHole: () => be('swallow'),
    firstLoss: () => loss,
    loseReplies: () => be('swallow-replies'),
    hold: () => be('hold'),
    slow(next) {
      line = next
    },
    cutAfter(bytes) {
      replyBytes = bytes
      for (const connection of connections) connection.replyBytes = bytes
    },
    switchTo(next) {
      to = new URL(next)
    },
    async close() {
      endAll()
      if (!server.listening) return
      const closed = once(server, 'close')
      server.close()
      await closed
    },
  }
}

async function listen(port: number, accept: (socket: Socket) => void): Promise<Server> {
  // Half-open is what some of this is about.
  const server = createServer({ allowHalfOpen: true }, accept)
  await once(server.listen(port, '127.0.0.1'), 'listening')
  return server
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' ? (address?.port ?? 0) : 0
}
