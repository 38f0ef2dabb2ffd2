import { readFileSync } from 'node:fs'
import { type HeedProcess, killHeed, type ProcessOptions, serve } from '../heed-process.ts'
import {
  type BreakableOptions,
  type BreakablePostgres,
  startBreakablePostgres,
} from './breakable-postgres.ts'
import { type FaultProject, startFaultProject } from './fault-project.ts'
import type { Verdict } from './journal.ts'
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts'

export interface FaultStackOptions extends ProcessOptions {
  /** Settings of the API besides those of every stack. */
  env?: Record<string, string>
  postgres?: BreakableOptions
}

/** An API in a process of its own, a PostgreSQL that may be broken, and a proxy between them. */
export interface FaultStack extends Pick<FaultProject, 'publicKey' | 'startVisitors'> {
  postgres: BreakablePostgres
  proxy: TcpProxy
  /** The process that runs now. */
  api(): HeedProcess
  /** Instead of one that has ended, at the same address. */
  startApi(): Promise<void>
  /** `SIGKILL`, and it is gone. */
  killApi(): Promise<void>
  judge(databaseUrl?: string): Promise<Verdict>
  /** Resident memory of the API's process in MiB. Linux only. */
  apiMemoryMiB(): number
  close(): Promise<void>
}

export async function startFaultStack(options: FaultStackOptions = {}): Promise<FaultStack> {
  const postgres = await startBreakablePostgres(options.postgres)
  const proxy = await startTcpProxy(postgres.url)
  const env = { DATABASE_URL: proxy.url, ...oneSender, ...options.env }
  let api: HeedProcess
  const project = await startFaultProject(postgres.url, () => api.url)
  try {
    api = await serve(env, 'serve', options)
  } catch (error) {
    await Promise.all([project.close(), proxy.close(), postgres.close()])
    throw error
  }

  return {
    postgres,
    proxy,
    publicKey: project.publicKey,
    startVisitors: project.startVisitors,
    api: () => api,
    async startApi() {
      api = await serve({ ...env, PORT: new URL(api.url).port }, 'serve', options)
    },
    killApi: () => killHeed(api),
    judge: (databaseUrl = postgres.url) => project.judge(databaseUrl),
    apiMemoryMiB() {
      const status = readFileSync(`/proc/${api.child.pid}/status`, 'utf8')
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024
    },
    async close() {
      const ended = project.close()
      await killHeed(api)
      await ended
      await proxy.close()
      await postgres.close()
    },
  }
}

/** One address and one project send everything. */
export const oneSender = {
  HEED_LIMIT_ADDRESS: '0',
  HEED_LIMIT_PROJECT: '0',
  HEED_QUOTA_ROWS: '0',
  HEED_QUOTA_BYTES: '0',
}
