import { resolve } from 'node:path'
import { embeddedUrl, ensureDatabase } from './ensure-database.ts'
import { ensureRunning } from './ensure-running.ts'
import { withFolderLock } from './folder-lock.ts'
import { hold, release } from './holders.ts'
import { initialise } from './initialise.ts'
import { type Place, preparePlace } from './place.ts'
import { findPostmaster, shutDown } from './postmaster.ts'

export interface EmbeddedPostgres {
  /** `postgresql://heed:...@127.0.0.1:<port>/heed` */
  url: string
  /** Stops the server unless another process uses it. Calling it twice is harmless. */
  stop(): Promise<void>
}

/** How often it is checked that the server still lives. */
const watchEveryMs = 1_000

/**
 * A real PostgreSQL in `dataDir` (`cluster/`, `password`, `port`, `postgres.log`): on this machine only, fsync on.
 * A server that already runs there is used: another process's, or one left over by a process that was killed. It
 * survives this process's Ctrl-C, and is started again, on the same port, should it die while this process lives.
 * Throws EmbeddedPostgresError with advice.
 */
export async function startEmbedded({ dataDir }: { dataDir: string }): Promise<EmbeddedPostgres> {
  const place = await preparePlace(resolve(dataDir))
  const { url, holder } = await withFolderLock(place.dataDir, async () => {
    const password = await initialise(place.dataDir, place.cluster, place.binaries, place.user)
    const port = await ensureRunning(place)
    await ensureDatabase(port, password)
    return { url: embeddedUrl(port, password), holder: await hold(place.dataDir) }
  })
  const stopWatching = watch(place)
  let stopped: Promise<void> | undefined
  const stop = async () => {
    await stopWatching()
    await withFolderLock(place.dataDir, async () => {
      const isUsed = await release(place.dataDir, holder)
      if (!isUsed) await shutDown(place.binaries.pg_ctl, place.cluster, place.user)
    })
  }
  return { url, stop: () => (stopped ??= stop()) }
}

/** Starts the server again when it dies. Returns how to stop watching; that waits for a restart under way. */
function watch(place: Place): () => Promise<void> {
  let restart: Promise<unknown> | undefined
  const timer = setInterval(() => {
    if (restart || findPostmaster(place.cluster)) return
    restart = withFolderLock(place.dataDir, () => ensureRunning(place))
      // Nobody waits for this one: queries fail meanwhile and say so, and the next turn tries again.
      .catch(() => {})
      .finally(() => {
        restart = undefined
      })
  }, watchEveryMs)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await restart
  }
}
