import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import type { Place } from './place.ts'
import { choosePort, isAnswering } from './ports.ts'
import { findPostmaster, launch } from './postmaster.ts'

const startPatienceMs = 60_000

/** Resolves with the port of a server that accepts connections: the one that runs, else a new one. */
export async function ensureRunning({ dataDir, cluster, binaries, user }: Place): Promise<number> {
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
