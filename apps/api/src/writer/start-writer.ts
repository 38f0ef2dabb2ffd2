import { type DatabaseRole, findSecondWall, migrateToLatest, openDatabase } from '@heed/db'
import type { Config } from '../config.ts'
import { connectJetStream } from '../jetstream/connect-jetstream.ts'
import { createLog } from '../log.ts'
import { withDatabaseAdvice, withListenAdvice } from '../start-advice.ts'
import { openStore } from '../store.ts'
import { warnOfOneWall } from '../wall.ts'
import { drainStream } from './drain-stream.ts'
import { createWriterApp } from './writer-app.ts'

export interface RunningWriter {
  /** Where `/livez`, `/readyz` and `/metrics` are. */
  url: string
  /** Commits what it has, then stops. Twice is harmless. */
  close(): Promise<void>
}

/** Everything that `heed write` runs. Any number of them share the stream. Rejects with advice when it cannot start. */
export async function startWriter(config: Config): Promise<RunningWriter> {
  const log = createLog(config.logLevel, (line) => process.stderr.write(line))
  const link = await connectJetStream(config.nats, 'heed writer')
  const store = await openStore(config).catch(async (error: unknown) => {
    await link.close()
    throw error
  })
  const open = (role?: DatabaseRole) =>
    openDatabase({
      url: store.url,
      application: 'heed writer',
      poolSize: 4,
      statementTimeoutMs: 15_000,
      connectTimeoutMs: 3_000,
      ...(role && { role }),
    })
  const owner = open()
  let db = owner
  const release = async () => {
    await Promise.all([owner.destroy(), db.destroy()])
    await Promise.all([link.close(), store.close()])
  }
  try {
    const findWall = async () => {
      await migrateToLatest(owner, {
        onWait: (reason) => log.warn({ reason }, 'the database is not ready yet'),
      })
      return findSecondWall(owner)
    }
    const wall = await findWall().catch((error: unknown) => {
      throw withDatabaseAdvice(error, config)
    })
    warnOfOneWall(log, wall)
    if (wall.stands) {
      db = open('ingest')
      await owner.destroy()
    }
    const drain = drainStream({ link, db, log })
    const app = createWriterApp(drain)
    const url = await app.listen({ port: config.port, host: config.host }).catch(async (error: unknown) => {
      await drain.stop()
      throw withListenAdvice(error, config)
    })
    const end = async () => {
      await drain.stop()
      await app.close()
    }
    let closing: Promise<void> | undefined
    const close = () => (closing ??= end().finally(release))
    return { url, close }
  } catch (error) {
    await release()
    throw error
  }
}
