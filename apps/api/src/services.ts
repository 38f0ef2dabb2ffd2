import type { openDatabase } from '@heed/db'
import type { WidgetAssets } from '@heed/widget/assets'
import type { Suspicions } from './abuse/suspicions.ts'
import type { Tickets } from './abuse/tickets.ts'
import type { Config } from './config.ts'
import type { Connections } from './connections.ts'
import type { PageDirectory } from './directory/page-directory.ts'
import type { ProjectDirectory } from './directory/project-directory.ts'
import type { SurveyDirectory } from './directory/survey-directory.ts'
import type { Batcher } from './ingest/batcher.ts'
import type { EventNames } from './ingest/event-names.ts'
import type { Gate } from './ingest/gate.ts'
import type { IngestRow } from './ingest/read-item.ts'
import type { Redactors } from './ingest/redactors.ts'
import type { Rejects } from './ingest/rejects.ts'
import type { IngestSink } from './ingest/sinks/sink.ts'
import type { DailyQuotas } from './limits/daily-quotas.ts'
import type { Limits } from './limits/limits.ts'
import type { Log } from './log.ts'
import type { Meters } from './meters.ts'
import type { Previews } from './previews.ts'
import type { Tracing } from './tracing/tracing.ts'

export type Db = ReturnType<typeof openDatabase>

/** One of the processes that serve behind one address. */
export interface WorkerPart {
  /** From 1; whoever replaces it has the same. */
  number: number
  of: number
  /** The figures of all of them together, for `/metrics`. */
  collectFigures(): Promise<string>
}

/** What the routes of one app share. */
export interface Services {
  config: Config
  connections: Connections
  assets: WidgetAssets
  projects: ProjectDirectory
  surveys: SurveyDirectory
  pages: PageDirectory
  previews: Previews
  /** Where ingest's requests wait when there are many. */
  gate: Gate
  batcher: Batcher<IngestRow>
  /** Where the batches go. */
  sink: IngestSink
  eventNames: EventNames
  redactors: Redactors
  rejects: Rejects
  tickets: Tickets
  suspicions: Suspicions
  limits: Limits
  quotas: DailyQuotas
  meters: Meters
  log: Log
  tracing: Tracing
  /** Stopping: `/readyz` says so and connections are closed after their reply. */
  lifecycle: { isDraining: boolean }
  /** When this process is one of several workers. */
  worker?: WorkerPart
}
