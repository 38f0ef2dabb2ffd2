import { chmod, mkdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import { embeddedUrl, ensureDatabase } from './ensure-database.ts'
import { type Binaries, findBinaries } from './find-binaries.ts'
import { withFolderLock } from './folder-lock.ts'
import { hold, release } from './holders.ts'
import { initialise } from './initialise.ts'
import { choosePort, isAnswering } from './ports.ts'
import { findPostmaster, launch, shutDown } from './postmaster.ts'
import { reachableBinaries } from './reachable-binaries.ts'
import { type SystemUser, systemUser, withPassage } from './system-user.ts'

export interface EmbeddedPostgres {
  /** `postgresql://heed:...@127.0.0.1:<port>/heed` */
  url: string
  /** Stops the server unless another process uses it. Calling it twice is harmless. */
  stop(): Promise<void>
}

interface Place {
  dataDir: string
  cluster: string
  binaries: Binaries
  user: SystemUser | undefined
}

/** How often it is checked that the server still lives. */
const watchEveryMs = 1_000
const startPatienceMs = 60_000

/**
 * A real PostgreSQL in `dataDir` (`cluster/`, `password`, `port`, `postgres.log`): on this machine only, fsync on.
 * A server that already runs there is used: another process's, or one left over by a process that was killed. It
 * survives this process's Ctrl-C, and is started again, on the same port, should it die while this process lives.
 * Throws EmbeddedPostgresError with advice.
 */
export async function startEmbedded({ dataDir }: { dataDir: string }): Promise<EmbeddedPostgres> {
  const place = await prepare(resolve(dataDir))
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

async function prepare(dataDir: string): Promise<Place> {
  const [binaries, user] = await Promise.all([findBinaries(), systemUser()])
  const cluster = join(dataDir, 'cluster')
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  // Started by root, another user has to pass through to the cluster; what lies beside it is private by its own mode.
  if (user) await chmod(dataDir, 0o711)
  if (!user) return { dataDir, cluster, binaries, user }
  return {
    dataDir,
    cluster,
    binaries: await reachableBinaries(binaries, user),
    user: await withPassage(user, cluster),
  }
}

/** Resolves with the port of a server that accepts connections: the one that runs, else a new one. */
async function ensureRunning({ dataDir, cluster, binaries, user }: Place): Promise<number> {
  const deadline = Date.now() + startPatienceMs
  while (true) {
    const running = findPostmaster(cluster)
    if (running?.isReady && (await isAnswering(running.port))) return running.port
    if (!running || running.isReady) {
      // Stale: the number in it is a zombie's, or somebody else's by now, and PostgreSQL would refuse to start.
      await rm(join(cluster, 'postmaster.pid'), { force: true })
      const port = await choosePort(join(dataDir, 'port'))
      try {
        await launch({
          postgres: binaries.postgres,
          cluster,
          port,
          logFile: join(dataDir, 'postgres.log'),
          user,
        })
        return port
      } catch (error) {
        if (!isPassing(error) || Date.now() > deadline) throw error
      }
    } else if (Date.now() > deadline) {
      throw new EmbeddedPostgresError(
        `The PostgreSQL in ${cluster} (process ${running.pid}) has not become ready within a minute`,
      )
    }
    await delay(50)
  }
}

// The last workers of a killed server still hold its memory, or somebody took the port a moment ago.
const isPassing = (error: unknown) =>
  error instanceof EmbeddedPostgresError &&
  /pre-existing shared memory|could not bind|in use/.test(error.message)

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
