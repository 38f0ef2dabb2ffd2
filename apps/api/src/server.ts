import { loadWidgetAssets } from '@heed/widget/assets'
import type { FastifyInstance } from 'fastify'
import { createApp } from './app.ts'
import type { Config } from './config.ts'
import { type Connections, openConnections } from './connections.ts'
import { openSink } from './ingest/sinks/open-sink.ts'
import type { IngestSink } from './ingest/sinks/sink.ts'
import { createLog } from './log.ts'
import type { WorkerPart } from './services.ts'
import { withDatabaseAdvice, withListenAdvice } from './start-advice.ts'
import { openStore } from './store.ts'
import { openTracing } from './tracing/open-tracing.ts'
import { noTracing } from './tracing/tracing.ts'
import { within } from './within.ts'

// When the server stops, whatever its database and its callers do, it is gone within 15 s: so long what waits may still
// be written, so long requests under way may take to end, so long everything that is written last may take, and the
// goodbyes to database and stream.
const stopWritingAfterMs = 5_000
const endRequestsAfterMs = 6_000
const closeWithinMs = 9_000
const releaseWithinMs = 3_000

/**
 * Workers listen side by side and the kernel deals connections out, where it can. Node's own way, one process that hands
 * them on, keeps those for ever that were under way to a worker when it died.
 */
const listenTogether: { reusePort?: boolean } = process.platform === 'linux' ? { reusePort: true } : {}

export interface RunningServer {
  /** Where it listens, without a trailing slash. */
  url: string
  app: FastifyInstance
  /** Answers what is waiting, then stops. Twice is harmless. */
  close(): Promise<void>
}

/**
 * Everything that `heed serve` runs: database, migrations, API. Rejects with advice when a part cannot start. A worker
 * finds the database as it should be.
 */
export async function startServer(config: Config, worker?: WorkerPart): Promise<RunningServer> {
  const assets = await loadWidgetAssets()
  const store = await openStore(config)
  let connections: Connections | undefined
  let sink: IngestSink | undefined
  let tracing = noTracing
  const release = async () => {
    const goodbyes = [sink?.close(), tracing.close(), connections?.close()]
    // What is out of reach cannot be told goodbye.
    await within(releaseWithinMs, Promise.allSettled(goodbyes)).catch(() => {})
    await store.close()
  }
  try {
    const log = createLog(config.logLevel, (line) => process.stderr.write(line))
    const onWait = (reason: string) => log.warn({ reason }, 'the database is not ready yet')
    const options = { migrates: !worker, processes: worker?.of ?? 1, onWait }
    connections = await openConnections(store.url, options).catch((error: unknown) => {
      throw withDatabaseAdvice(error, config)
    })
    // Opens its first connection now: the first answer does not wait for one.
    await connections.ingestDb.connection().execute(async () => {})
    tracing = await openTracing(process.env)
    sink = await openSink(config, connections.ingestDb)
    const parts = { config, connections, sink, assets, tracing, ...(worker && { worker }) }
    const app = createApp(parts)
    const { port, host } = config
    const url = await app.listen({ port, host, ...(worker && listenTogether) }).catch((error: unknown) => {
      throw withListenAdvice(error, config)
    })
    let closing: Promise<void> | undefined
    const close = () => (closing ??= drain(app, config.drainMs).finally(release))
    return { url, app, close }
  } catch (error) {
    await release()
    throw error
  }
}

/**
 * `close()` alone refuses new requests at once. First `/readyz` says so and every reply ends its connection, for
 * as long as a balancer needs to notice; then what is in flight is answered.
 */
async function drain(app: FastifyInstance, drainMs: number): Promise<void> {
  app.services.lifecycle.isDraining = true
  if (drainMs > 0) {
    await new Promise<void>((resolve) => {
      setTimeout(resolve, drainMs)
    })
  }
  const lastWrites = setTimeout(() => app.services.batcher.stop(), stopWritingAfterMs)
  // Somebody who reads an export slowly, or not at all, does not keep the process.
  const lastRequests = setTimeout(() => app.server.closeAllConnections(), endRequestsAfterMs)
  await within(closeWithinMs, app.close()).catch(() => {})
  clearTimeout(lastWrites)
  clearTimeout(lastRequests)
}
