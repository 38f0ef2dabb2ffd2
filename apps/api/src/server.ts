import { findProject, migrateToLatest, openDatabase } from '@heed/db'
import { loadWidgetAssets } from '@heed/widget/assets'
import type { FastifyInstance } from 'fastify'
import { createApp } from './app.ts'
import type { Config } from './config.ts'
import { openSink } from './ingest/sinks/open-sink.ts'
import type { IngestSink } from './ingest/sinks/sink.ts'
import { withDatabaseAdvice, withListenAdvice } from './start-advice.ts'
import { openStore } from './store.ts'

/** How long requests under way may take to end when the server stops. */
const closeWithinMs = 10_000

export interface RunningServer {
  /** Where it listens, without a trailing slash. */
  url: string
  app: FastifyInstance
  /** Answers what is waiting, then stops. Twice is harmless. */
  close(): Promise<void>
}

/** Everything that `heed serve` runs: database, migrations, API. Rejects with advice when a part cannot start. */
export async function startServer(config: Config): Promise<RunningServer> {
  const assets = await loadWidgetAssets()
  const store = await openStore(config)
  // Ingest waits for nothing but its own statements; a report may take its time on the other pool.
  const ingestDb = openDatabase({
    url: store.url,
    application: 'heed ingest',
    poolSize: 4,
    statementTimeoutMs: 5_000,
    connectTimeoutMs: 3_000,
  })
  const queryDb = openDatabase({
    url: store.url,
    application: 'heed query',
    poolSize: 10,
    statementTimeoutMs: 15_000,
    connectTimeoutMs: 3_000,
  })
  let sink: IngestSink | undefined
  const release = async () => {
    await sink?.close()
    await Promise.all([ingestDb.destroy(), queryDb.destroy()])
    await store.close()
  }
  try {
    await migrateToLatest(queryDb).catch((error: unknown) => {
      throw withDatabaseAdvice(error, config)
    })
    // Opens its first connection now: the first answer does not wait for one, and a pool that Kysely has never used
    // would not be closed by it either.
    await findProject(ingestDb, 'prj_start')
    sink = await openSink(config, ingestDb)
    const app = createApp({ config, ingestDb, queryDb, sink, assets })
    const url = await app.listen({ port: config.port, host: config.host }).catch((error: unknown) => {
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
  // Somebody who reads an export slowly, or not at all, does not keep the process.
  const deadline = setTimeout(() => app.server.closeAllConnections(), closeWithinMs)
  await app.close()
  clearTimeout(deadline)
}
