import { setTimeout as delay } from 'node:timers/promises'
import { type HeedProcess, killHeed, serve } from '../heed-process.ts'
import { type Nats, startNats } from '../nats/start-nats.ts'
import { type BreakablePostgres, startBreakablePostgres } from './breakable-postgres.ts'
import { type FaultProject, startFaultProject } from './fault-project.ts'
import { oneSender } from './fault-stack.ts'
import type { Verdict } from './journal.ts'

/** Heed on a cluster of three NATS servers: an API that fills the stream, a writer that drains it. */
export interface JetStreamStack extends Pick<FaultProject, 'startVisitors'> {
  nats: Nats
  postgres: BreakablePostgres
  api(): HeedProcess
  killApi(): Promise<void>
  startApi(): Promise<void>
  killWriter(): Promise<void>
  startWriter(): Promise<void>
  /** Waits until the stream is empty, and holds what the database has against what the visitors were told. */
  judge(): Promise<Verdict>
  close(): Promise<void>
}

/** `program` is what `findNatsServer` found. */
export async function startJetStreamStack(program: string): Promise<JetStreamStack> {
  const [postgres, nats] = await Promise.all([startBreakablePostgres(), startNats({ program })])
  const project = await startFaultProject(postgres.url, () => api.url)
  const env = {
    DATABASE_URL: postgres.url,
    HEED_INGEST: 'jetstream',
    NATS_URL: nats.url,
    HEED_NATS_MONITOR: nats.monitor,
    ...oneSender,
  }
  let api = await serve(env)
  let writer = await serve(env, 'write')

  async function isDrained(): Promise<boolean> {
    const text = await (await fetch(`${writer.url}/metrics`)).text()
    const counts = [...text.matchAll(/^heed_writer_backlog_messages\{[^}]*\} (\d+)$/gm)]
    return counts.length === 2 && counts.every(([, count]) => count === '0')
  }

  return {
    nats,
    postgres,
    startVisitors: project.startVisitors,
    api: () => api,
    killApi: () => killHeed(api),
    async startApi() {
      api = await serve({ ...env, PORT: new URL(api.url).port })
    },
    killWriter: () => killHeed(writer),
    async startWriter() {
      writer = await serve(env, 'write')
    },
    async judge() {
      while (!(await isDrained())) await delay(100)
      return project.judge(postgres.url)
    },
    async close() {
      const ended = project.close()
      await Promise.all([killHeed(api), killHeed(writer)])
      await ended
      await Promise.all([nats.close(), postgres.close()])
    },
  }
}
