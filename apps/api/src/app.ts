import { createServer } from 'node:http'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { addUsage, forProject, storeEventNames, storeRejects } from '@heed/db'
import type { WidgetAssets } from '@heed/widget/assets'
import fastify, { type FastifyInstance } from 'fastify'
import { Suspicions } from './abuse/suspicions.ts'
import { Tickets } from './abuse/tickets.ts'
import type { Config } from './config.ts'
import type { Connections } from './connections.ts'
import { PageDirectory } from './directory/page-directory.ts'
import { ProjectDirectory } from './directory/project-directory.ts'
import { SurveyDirectory } from './directory/survey-directory.ts'
import { Batcher } from './ingest/batcher.ts'
import { EventNames } from './ingest/event-names.ts'
import { frontDoor } from './ingest/front-door.ts'
import { Gate } from './ingest/gate.ts'
import type { IngestRow } from './ingest/read-item.ts'
import { Redactors } from './ingest/redactors.ts'
import { Rejects } from './ingest/rejects.ts'
import { databaseSink } from './ingest/sinks/database-sink.ts'
import type { IngestSink } from './ingest/sinks/sink.ts'
import { Turn } from './ingest/turn.ts'
import { startJobs } from './jobs/start-jobs.ts'
import { DailyQuotas } from './limits/daily-quotas.ts'
import { Limits } from './limits/limits.ts'
import { createLog } from './log.ts'
import { createMeters } from './meters.ts'
import { clientErrorHandler } from './plugins/client-error.ts'
import { documentationPlugin } from './plugins/documentation.ts'
import { maxParamLength } from './plugins/framework-replies.ts'
import { healthPlugin } from './plugins/health.ts'
import { problemsPlugin, sendProblem } from './plugins/problems.ts'
import { toProblemError } from './plugins/to-problem-error.ts'
import { validationPlugin } from './plugins/validation.ts'
import { meterPools } from './pool-meters.ts'
import { Previews } from './previews.ts'
import { managementRoutes } from './routes/management.ts'
import { publicRoutes } from './routes/public.ts'
import type { Services, WorkerPart } from './services.ts'
import { noTracing, type Tracing } from './tracing/tracing.ts'
import { meterWall, warnOfOneWall } from './wall.ts'
import { within } from './within.ts'

/** How long a stopping process writes what is not an answer: names of events, refused items, counts. */
const flushWithinMs = 3_000

export interface AppOptions {
  config: Config
  /** They stay the caller's to close. */
  connections: Connections
  /** Where ingest's batches go; the caller's to close, after the app. @default the database */
  sink?: IngestSink
  assets: WidgetAssets
  /** One of several: it leaves the work that goes by the clock to whoever started it. @default the only one */
  worker?: WorkerPart
  /** @default none */
  tracing?: Tracing
  /** Takes each line of the log. @default standard error */
  writeLog?: (line: string) => void
}

declare module 'fastify' {
  interface FastifyInstance {
    services: Services
  }
}

/** The API as a plugin tree, not yet listening. `close()` answers what is waiting first. */
export function createApp(options: AppOptions): FastifyInstance {
  const { config, connections } = options
  const { ingestDb, pageDb, lookupDb, queryDb, ownerDb, jobsDb } = connections
  const app = fastify({
    serverFactory(handle, options) {
      return createServer(options, (request, reply) => {
        turn.noteRequest()
        if (!isAnswered(request, reply)) handle(request, reply)
      })
    },
    bodyLimit: 1_048_576,
    // Fastify waits for ever by default; a body of 64 kB that takes longer is somebody holding a connection.
    requestTimeout: 30_000,
    // Hop counts and `true` let every caller forge an address; only named proxies are believed.
    trustProxy: config.trustProxy.length > 0 ? config.trustProxy : false,
    routerOptions: { maxParamLength },
    frameworkErrors: (error, _request, reply) => void sendProblem(reply, toProblemError(error)),
    clientErrorHandler,
  }).withTypeProvider<TypeBoxTypeProvider>()

  // A server may ignore what it cannot do (RFC 9110, 10.1.1); Node's own 417 would be no problem of ours.
  app.server.on('checkExpectation', (request, reply) => app.server.emit('request', request, reply))

  const writeLog = options.writeLog ?? ((line) => process.stderr.write(line))
  const log = createLog(config.logLevel, writeLog, options.worker && { worker: options.worker.number })
  const meters = createMeters(() => batcher)
  meterPools(meters.registry, {
    ingest: ingestDb,
    page: pageDb,
    lookup: lookupDb,
    query: queryDb,
    owner: ownerDb,
    jobs: jobsDb,
  })
  meterWall(meters.registry, connections.wall)
  if (!options.worker) warnOfOneWall(log, connections.wall)
  const tracing = options.tracing ?? noTracing
  const sink = tracing.traceCommits(options.sink ?? databaseSink(ingestDb))
  const turn = new Turn()
  const batcher = new Batcher<IngestRow>({
    store: (rows) => sink.store(rows),
    classify: sink.classify,
    atTurnEnd: (work) => turn.atEnd(work),
    onCommit(rows, seconds) {
      meters.batchRows.observe(rows)
      meters.commitSeconds.observe(seconds)
    },
    onFailure(error) {
      meters.batchFailures.inc()
      const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
      log.error({ code, name: error instanceof Error ? error.name : undefined }, 'a batch was not committed')
    },
  })
  const eventNames = new EventNames({
    // Not with the answers' connections: a list of names may wait.
    store: (projectId, names) => storeEventNames(forProject(pageDb, projectId), projectId, names),
    onFailure: (error) =>
      log.error({ name: error instanceof Error ? error.name : undefined }, 'event names were not kept'),
  })
  const quotas = new DailyQuotas({
    rows: config.limits.rowsPerDay,
    bytes: config.limits.bytesPerDay,
    addUsage: (usage) => addUsage(ownerDb, usage),
    onFailure: (error) =>
      log.error({ name: error instanceof Error ? error.name : undefined }, 'what was stored was not counted'),
  })
  const rejects = new Rejects({
    store: (projectId, refused) => storeRejects(forProject(pageDb, projectId), projectId, refused),
    onFailure: (error) =>
      log.error({ name: error instanceof Error ? error.name : undefined }, 'refused items were not kept'),
  })
  const tickets = new Tickets(ownerDb)
  const gate = new Gate(turn)
  const services: Services = {
    ...options,
    log,
    tracing,
    meters,
    batcher,
    sink,
    projects: new ProjectDirectory(ownerDb),
    surveys: new SurveyDirectory(lookupDb),
    pages: new PageDirectory(connections),
    previews: new Previews(connections, config),
    eventNames,
    redactors: new Redactors(ownerDb),
    rejects,
    tickets,
    suspicions: new Suspicions(tickets),
    gate,
    limits: new Limits({ config, batcher, gate, quotas, meters, log }),
    quotas,
    lifecycle: { isDraining: false },
  }
  const isAnswered = frontDoor(services)
  app.decorate('services', services)
  app.addHook('onRequest', (_request, reply, done) => {
    if (services.lifecycle.isDraining) reply.header('connection', 'close')
    done()
  })
  let stopJobs = async () => {}
  app.addHook('onReady', async () => {
    if (!options.worker) stopJobs = startJobs({ ...services, jobsDb })
  })
  app.addHook('preClose', async () => {
    services.lifecycle.isDraining = true
  })
  app.addHook('onClose', async () => {
    await batcher.whenIdle()
    // Nobody was promised any of this. A database that does not answer does not keep the process for it.
    const rest = [eventNames.flush(), rejects.flush(), quotas.close(), stopJobs()]
    await within(flushWithinMs, Promise.all(rest)).catch(() => {})
  })

  tracing.traceRequests(app)
  app.register(problemsPlugin, services)
  app.register(validationPlugin)
  app.register(documentationPlugin, services)
  app.register(healthPlugin, services)
  app.register(publicRoutes, services)
  app.register(managementRoutes, services)
  return app
}
