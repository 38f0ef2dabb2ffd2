import { randomBytes } from 'node:crypto'
import type {
  IngestReply,
  Project,
  ProjectSettings,
  ResponseItem,
  Survey,
  SurveyDefinition,
} from '@heed/contract'
import { createProject, openDatabase } from '@heed/db'
import { freshDatabase } from '@heed/test-stack/fresh-database'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { createApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { openConnections } from '../../src/connections.ts'
import type { Db } from '../../src/services.ts'
import { definition } from './definition.ts'

/** Stands for the built widget: what the server does with it does not depend on what is in it. */
export const assets = {
  version: '1.2.3',
  loader: '(function(rules){globalThis.rules=rules})(null);\n',
  files: new Map([['heed/1.2.3/panel-0a1b2c.js', { body: 'export const open = 1', integrity: 'sha384-x' }]]),
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export interface TestApi {
  app: FastifyInstance
  db: Db
  project: Project
  secretKey: string
  /** Lines of the log. */
  log: string[]
  /** Publishes a survey and gives its id. */
  publish(changes?: Partial<SurveyDefinition>): Promise<Survey>
  /** Sends items to ingest. */
  send(items: unknown[], options?: InjectOptions): Promise<{ status: number; reply: IngestReply }>
  /** Calls a management address below the project, as its server does. */
  call<Reply>(method: Method, path: string, body?: unknown): Promise<{ status: number; reply: Reply }>
  close(): Promise<void>
}

export interface TestApiOptions {
  env?: Record<string, string>
  settings?: Partial<ProjectSettings>
  /** Where the app reaches the database, for instance through something that can fail. */
  through?(url: string): Promise<string>
}

/** The API on a database of its own, with one project. */
export async function startApi({ env = {}, settings = {}, through }: TestApiOptions = {}): Promise<TestApi> {
  const database = await freshDatabase()
  const db = openDatabase({ url: database.url, application: 'heed api test', poolSize: 2 })
  const { project, secretKey } = await createProject(db, { name: 'Shop', settings })
  const url = (await through?.(database.url)) ?? database.url
  const connections = await openConnections(url, { ingestTimeoutMs: 500, connectTimeoutMs: 1_000 })
  const log: string[] = []
  const config = readConfig({ HEED_LOG_LEVEL: 'info', ...env })
  const app = createApp({ config, connections, assets, writeLog: (line) => log.push(line) })
  await app.ready()
  const call: TestApi['call'] = async <Reply>(method: Method, path: string, body?: unknown) => {
    const response = await app.inject({
      method,
      url: `/v1/projects/${project.id}${path}`,
      headers: { authorization: `Bearer ${secretKey}` },
      ...(body === undefined ? {} : { payload: body as object }),
    })
    const isJson = !/csv|ndjson/.test(String(response.headers['content-type']))
    return { status: response.statusCode, reply: (isJson ? response.json() : response.body) as Reply }
  }
  return {
    app,
    db,
    project,
    secretKey,
    log,
    call,
    async publish(changes) {
      const wanted = definition(changes)
      const created = await call<Survey>('POST', '/surveys', wanted)
      if (created.status === 409) await call('PUT', `/surveys/${wanted.key}`, wanted)
      const published = await call<Survey>('POST', `/surveys/${wanted.key}/publish`)
      if (published.status !== 200) throw new Error(JSON.stringify(published.reply))
      return published.reply
    },
    async send(items, options = {}) {
      const response = await app.inject({
        method: 'POST',
        url: `/v1/ingest/${project.publicKey}`,
        payload: JSON.stringify({ sdk: '1.0.0', items }),
        ...options,
        headers: { 'content-type': 'text/plain', ...options.headers },
      })
      return { status: response.statusCode, reply: response.json() }
    },
    async close() {
      await app.close()
      await Promise.all([db.destroy(), connections.close()])
      await database.drop()
    },
  }
}

/** A UUIDv7 as a browser makes it. */
export function newResponseId(): string {
  const time = Date.now().toString(16).padStart(12, '0')
  const random = randomBytes(10).toString('hex')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-8${random.slice(3, 6)}-${random.slice(6, 18)}`
}

/** An answer to a published survey; members of `changes` replace its own. */
export function response(
  survey: Pick<Survey, 'id' | 'version'>,
  changes: Record<string, unknown> = {},
): ResponseItem {
  return {
    type: 'response',
    id: newResponseId(),
    seq: 1,
    surveyId: survey.id,
    version: survey.version,
    locale: 'en',
    answers: { nps: 9 },
    ...changes,
  } as ResponseItem
}
