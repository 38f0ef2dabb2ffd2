import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from '@heed/db/embedded'
import { findPostmaster } from '@heed/db/embedded/parts'
import { type HeedProcess, killHeed, serve } from '../heed-process.ts'
import { type FaultProject, startFaultProject } from './fault-project.ts'
import { oneSender } from './fault-stack.ts'
import type { Verdict } from './journal.ts'

/** Heed as one process runs it: with its embedded PostgreSQL, which nobody but Heed starts again. */
export interface EmbeddedStack extends Pick<FaultProject, 'startVisitors'> {
  api(): HeedProcess
  killApi(): Promise<void>
  startApi(): Promise<void>
  /** `SIGKILL` to the server itself; whatever it started follows. False when it does not run at this moment. */
  killPostgres(): boolean
  /** Stops Heed as an operator does, and holds what its database has against what the visitors were told. */
  judge(): Promise<Verdict>
  close(): Promise<void>
}

export async function startEmbeddedStack(): Promise<EmbeddedStack> {
  const dataDir = await mkdtemp(join(tmpdir(), 'heed-embedded-'))
  const env = { HEED_DATA_DIR: dataDir, ...oneSender }
  const first = await startEmbedded({ dataDir })
  const project = await startFaultProject(first.url, () => api.url)
  await first.stop()
  let api = await serve(env)

  return {
    startVisitors: project.startVisitors,
    api: () => api,
    killApi: () => killHeed(api),
    async startApi() {
      api = await serve({ ...env, PORT: new URL(api.url).port })
    },
    killPostgres() {
      const running = findPostmaster(join(dataDir, 'cluster'))
      return running !== undefined && process.kill(running.pid, 'SIGKILL')
    },
    async judge() {
      api.child.kill('SIGTERM')
      const code = await api.exit
      if (code !== 0) throw new Error(`heed serve ended with ${code}: ${api.log()}`)
      const last = await startEmbedded({ dataDir })
      try {
        return await project.judge(last.url)
      } finally {
        await last.stop()
      }
    },
    async close() {
      const ended = project.close()
      await killHeed(api)
      await ended
      // Stops what a killed process left behind.
      await (await startEmbedded({ dataDir })).stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
