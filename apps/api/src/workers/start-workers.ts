import { findSecondWall, migrateToLatest, openDatabase } from '@heed/db'
import type { Config } from '../config.ts'
import { startJobs } from '../jobs/start-jobs.ts'
import { createLog } from '../log.ts'
import { createMeters } from '../meters.ts'
import { withDatabaseAdvice, withListenAdvice } from '../start-advice.ts'
import { openStore } from '../store.ts'
import { openTracing } from '../tracing/open-tracing.ts'
import { noTracing } from '../tracing/tracing.ts'
import { warnOfOneWall } from '../wall.ts'
import { startCrew } from './crew.ts'
import { freePort } from './free-port.ts'

export interface RunningWorkers {
  /** Where all of them listen, without a trailing slash. */
  url: string
  /** Lets each answer what is waiting, then stops. Twice is harmless. */
  close(): Promise<void>
}

/**
 * `heed serve --workers`: so many processes that serve, and this one, which has the database, its migrations and the
 * work that goes by the clock. Rejects with advice when a part cannot start.
 */
export async function startWorkers(config: Config, count: number): Promise<RunningWorkers> {
  const store = await openStore(config)
  const jobsDb = openDatabase({
    url: store.url,
    application: 'heed jobs',
    poolSize: 3,
    statementTimeoutMs: 15_000,
    connectTimeoutMs: 3_000,
  })
  const log = createLog(config.logLevel, (line) => process.stderr.write(line))
  // This process has no queue; it counts what its jobs count.
  const meters = createMeters(() => ({ heldRows: 0, oldestAgeMs: 0 }))
  let stopJobs = async () => {}
  let tracing = noTracing
  const release = async () => {
    await stopJobs()
    await tracing.close()
    await jobsDb.destroy()
    await store.close()
  }
  try {
    const onWait = (reason: string) => log.warn({ reason }, 'the database is not ready yet')
    await migrateToLatest(jobsDb, { onWait }).catch((error: unknown) => {
      throw withDatabaseAdvice(error, config)
    })
    tracing = await openTracing(process.env)
    const port = await freePort(config).catch((error: unknown) => {
      throw withListenAdvice(error, config)
    })
    const env = { PORT: String(port), DATABASE_URL: store.url }
    const crew = await startCrew({ count, env, registry: meters.registry, log, drainMs: config.drainMs })
    warnOfOneWall(log, await findSecondWall(jobsDb))
    stopJobs = startJobs({ config, jobsDb, log, meters, tracing })
    let closing: Promise<void> | undefined
    const close = () => (closing ??= crew.stop().finally(release))
    return { url: crew.url, close }
  } catch (error) {
    await release()
    throw error
  }
}
