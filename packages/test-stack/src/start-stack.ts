import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig, startServer } from '@heed/api'
import { createProject, type Database, openDatabase } from '@heed/db'
import { startEmbedded } from '@heed/db/embedded'
import { seedDemo } from '@heed/example-storefront/seed'
import { startStorefront } from '@heed/example-storefront/server'
import type { Kysely } from 'kysely'

export interface StackOptions {
  /** An empty database; one of its own, embedded and removed at the end, when absent. */
  databaseUrl?: string
  /** Attributes of the shop's script tag instead of `data-consent="granted"`. */
  scriptAttributes?: Record<string, string>
  /** Settings of the API besides those of every stack. */
  env?: Record<string, string>
}

/** The whole product on loopback: database, API, the demo project with its surveys, the storefront. */
export interface Stack {
  apiUrl: string
  shopUrl: string
  projectId: string
  publicKey: string
  secretKey: string
  /** Survey id by key. */
  surveys: Record<string, string>
  db: Kysely<Database>
  /** Reads the query API with the secret key. */
  query<Reply>(path: string): Promise<Reply>
  /** Ends the API as an outage does for its pages: its port refuses connections until `startApi`. */
  stopApi(): Promise<void>
  startApi(): Promise<void>
  close(): Promise<void>
}

async function ownDatabase() {
  const dataDir = await mkdtemp(join(tmpdir(), 'heed-stack-'))
  const server = await startEmbedded({ dataDir })
  return {
    url: server.url,
    drop: async () => {
      await server.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const database = options.databaseUrl
    ? { url: options.databaseUrl, drop: async () => {} }
    : await ownDatabase()
  const env = {
    DATABASE_URL: database.url,
    PORT: '0',
    HOST: '127.0.0.1',
    HEED_LOG_LEVEL: 'fatal',
    ...options.env,
  }
  let api = await startServer(readConfig(env))
  const apiUrl = api.url
  const db = openDatabase({ url: database.url, application: 'heed-test', poolSize: 2 })
  const { project, secretKey } = await createProject(db, { name: 'Demo' })
  const surveys = await seedDemo({ apiUrl, projectId: project.id, secretKey })
  const shop = await startStorefront({
    port: 0,
    host: '127.0.0.1',
    script: {
      src: `${apiUrl}/${project.publicKey}/heed.js`,
      ...(options.scriptAttributes && { attributes: options.scriptAttributes }),
    },
  })
  return {
    apiUrl,
    shopUrl: shop.url,
    projectId: project.id,
    publicKey: project.publicKey,
    secretKey,
    surveys,
    db,
    async query<Reply>(path: string) {
      const reply = await fetch(`${apiUrl}/v1/projects/${project.id}${path}`, {
        headers: { authorization: `Bearer ${secretKey}` },
      })
      if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`)
      return (await reply.json()) as Reply
    },
    stopApi: () => api.close(),
    async startApi() {
      api = await startServer(readConfig({ ...env, PORT: new URL(apiUrl).port }))
    },
    async close() {
      await shop.close()
      await api.close()
      await db.destroy()
      await database.drop()
    },
  }
}
