import { type JetStreamClient, type JetStreamManager, jetstream, jetstreamManager } from '@nats-io/jetstream'
import { connect, type NatsConnection } from '@nats-io/transport-node'
import { checkSync } from './check-sync.ts'
import { checkVersions, greetServers, NatsServerError } from './server-versions.ts'
import { ensureStreams, ingestStream } from './streams.ts'

export interface NatsOptions {
  /** `NATS_URL`: servers of one cluster, with `user:password@` or `token@` where they ask for it. */
  urls: string[]
  /** `HEED_NATS_REPLICAS` */
  replicas: number
  /** `HEED_NATS_MONITOR`: monitoring ports, `http://host:8222`. */
  monitors: string[]
}

export interface JetStreamLink {
  js: JetStreamClient
  jsm: JetStreamManager
  isConnected(): boolean
  /** The largest body of a message, bytes; room for its headers is taken off. */
  maxPayload(): number
  whyNotReady(): Promise<string | undefined>
  close(): Promise<void>
}

/** A batch of one large request must fit. */
const smallestPayload = 256 * 1024
const headerRoom = 1024

/**
 * Connects, checks that the servers keep what they acknowledge, and creates the streams that are missing. The
 * connection comes back by itself for as long as the process lives.
 * @throws {NatsServerError} and others with advice
 */
export async function connectJetStream(
  options: NatsOptions | undefined,
  name: string,
): Promise<JetStreamLink> {
  if (!options) throw new Error('NATS_URL: expected the addresses of the NATS servers')
  const nc = await open(options.urls, name)
  try {
    const { info } = nc
    // The server we talk to may be new and its neighbour old, and the neighbour may be the next leader.
    checkVersions(await greetServers([nc.getServer(), ...options.urls, ...(info?.connect_urls ?? [])]))
    await checkSync(options.monitors)
    if ((info?.max_payload ?? 0) < smallestPayload) {
      throw new NatsServerError(
        `NATS_URL: the servers take messages of at most ${info?.max_payload} bytes; set max_payload to ${smallestPayload} or more`,
      )
    }
    const jsm = await jetstreamManager(nc, { timeout: 10_000 })
    await ensureStreams(jsm, options.replicas).catch((error: unknown) => {
      throw withReplicasAdvice(error, options.replicas)
    })
    return linkOf(nc, jsm)
  } catch (error) {
    await nc.close()
    throw error
  }
}

async function open(urls: readonly string[], name: string): Promise<NatsConnection> {
  const first = new URL(urls[0] ?? 'nats://127.0.0.1:4222')
  const user = decodeURIComponent(first.username)
  const pass = decodeURIComponent(first.password)
  try {
    return await connect({
      name,
      servers: urls.map((url) => new URL(url).host),
      ...(user && (pass ? { user, pass } : { token: user })),
      ...(first.protocol === 'tls:' && { tls: {} }),
      maxReconnectAttempts: -1,
      reconnectTimeWait: 200,
      reconnectJitter: 100,
      // A connection through which nothing comes back is given up after six seconds.
      pingInterval: 2_000,
      maxPingOut: 2,
      timeout: 5_000,
    })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    // The addresses stay out: they may hold a password.
    throw new Error(`NATS_URL: no server could be used (${reason}); check addresses, user and password`, {
      cause: error,
    })
  }
}

function linkOf(nc: NatsConnection, jsm: JetStreamManager): JetStreamLink {
  let isConnected = true
  void (async () => {
    for await (const { type } of nc.status()) {
      if (type === 'disconnect') isConnected = false
      if (type === 'reconnect') isConnected = true
    }
  })()
  return {
    // The version is that of the server we are connected to now: a reconnect may have ended at another.
    js: jetstream(nc),
    jsm,
    isConnected: () => isConnected && !nc.isClosed(),
    maxPayload: () => (nc.info?.max_payload ?? smallestPayload) - headerRoom,
    async whyNotReady() {
      if (!isConnected || nc.isClosed()) return 'there is no connection to NATS'
      try {
        checkVersions([{ address: nc.getServer(), version: nc.info?.version ?? '' }])
        const { cluster } = await jsm.streams.info(ingestStream.name)
        return cluster && !cluster.leader ? 'the stream has no leader' : undefined
      } catch (error) {
        return error instanceof NatsServerError ? error.message : 'the stream does not answer'
      }
    },
    close: () => (nc.isClosed() ? Promise.resolve() : nc.close()),
  }
}

function withReplicasAdvice(error: unknown, replicas: number): unknown {
  const message = error instanceof Error ? error.message : String(error)
  if (
    replicas === 1 ||
    !/replicas > 1 not supported|no suitable peers|insufficient resources/.test(message)
  ) {
    return error
  }
  return new Error(
    `HEED_NATS_REPLICAS: ${replicas} copies need a cluster of that many servers (${message}); with one server set it to 1`,
    { cause: error },
  )
}
