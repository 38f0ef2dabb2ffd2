import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { importSurvey } from '@heed/api'
import { createProject, migrateToLatest, openDatabase } from '@heed/db'
import { type HeedProcess, type ProcessOptions, serve } from '../heed-process.ts'
import {
  type BreakableOptions,
  type BreakablePostgres,
  startBreakablePostgres,
} from './breakable-postgres.ts'
import { type Journal, judge, openJournal, type Verdict } from './journal.ts'
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts'
import { answersOf, faultSurvey, startVisitors, type Visitors, type VisitorsOptions } from './visitors.ts'

export interface FaultStackOptions extends ProcessOptions {
  /** Settings of the API besides those of every stack. */
  env?: Record<string, string>
  postgres?: BreakableOptions
}

/** An API in a process of its own, a PostgreSQL that may be broken, and a proxy between them. */
export interface FaultStack {
  postgres: BreakablePostgres
  proxy: TcpProxy
  publicKey: string
  /** The process that runs now. */
  api(): HeedProcess
  /** Instead of one that has ended. */
  startApi(): Promise<void>
  /** `SIGKILL`, and it is gone. */
  killApi(): Promise<void>
  /** Visitors of this stack; `end` them before `judge`. Those that are left end with it. */
  startVisitors(options?: Pick<VisitorsOptions, 'visitors' | 'pauseMs' | 'padding'>): Visitors
  /** Holds everything that any visitors of this stack were told against the database. */
  judge(databaseUrl?: string): Promise<Verdict>
  /** Resident memory of the API's process in MiB. Linux only. */
  apiMemoryMiB(): number
  close(): Promise<void>
}

export async function startFaultStack(options: FaultStackOptions = {}): Promise<FaultStack> {
  const postgres = await startBreakablePostgres(options.postgres)
  const proxy = await startTcpProxy(postgres.url)
  const journal: Journal = await openJournal()
  const { project, survey } = await prepareDatabase(postgres.url)
  const launch = () =>
    serve({ DATABASE_URL: proxy.url, HEED_LIMIT_VISITOR: '0', ...options.env }, 'serve', options)
  const everybody: Visitors[] = []
  let api = await launch()

  async function killApi(): Promise<void> {
    if (api.child.exitCode !== null || api.child.signalCode !== null) return
    api.child.kill('SIGKILL')
    await once(api.child, 'exit')
  }

  return {
    postgres,
    proxy,
    publicKey: project.publicKey,
    api: () => api,
    async startApi() {
      api = await launch()
    },
    killApi,
    startVisitors(wanted = {}) {
      const url = () => api.url
      const visitors = startVisitors({ ...wanted, url, publicKey: project.publicKey, survey, journal })
      everybody.push(visitors)
      return visitors
    },
    async judge(databaseUrl = postgres.url) {
      const db = openDatabase({ url: databaseUrl, application: 'heed judge', statementTimeoutMs: 60_000 })
      try {
        return await judge(db, project.id, journal, answersOf)
      } finally {
        await db.destroy()
      }
    },
    apiMemoryMiB() {
      const status = readFileSync(`/proc/${api.child.pid}/status`, 'utf8')
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024
    },
    async close() {
      const ended = everybody.map((visitors) => visitors.end())
      await killApi()
      await Promise.all(ended)
      await proxy.close()
      await postgres.close()
      await journal.close()
    },
  }
}

async function prepareDatabase(url: string) {
  const db = openDatabase({ url, application: 'heed faults' })
  try {
    await migrateToLatest(db)
    const { project } = await createProject(db, { name: 'Faults' })
    return { project, survey: await importSurvey(db, project.id, faultSurvey, { publish: true }) }
  } finally {
    await db.destroy()
  }
}
