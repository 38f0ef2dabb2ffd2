import { type DatabaseRole, findSecondWall, migrateToLatest, openDatabase, type SecondWall } from '@heed/db'
import type { Db } from './services.ts'

/**
 * The connections of one process, by what they are for: each kind waits for nothing but its own, and may do no more than
 * it is for. None is opened before it is needed. How far a handle sees stands in docs/security.md.
 */
export interface Connections {
  /** The group commit and nothing else, so that a slow report cannot hold up an answer. Adds, of every project. */
  ingestDb: Db
  /** What else pages send (names of events, refused items, pictures), each for one project; adds. */
  pageDb: Db
  /** What pages wait for, each of one project; its statements are short, so silence is soon a failure. */
  lookupDb: Db
  /** Reports and management, each of one project; may take its time. */
  queryDb: Db
  /** Of every project: whose key this is, secrets, quotas, new projects. As short as look-ups. */
  ownerDb: Db
  /** Of every project: what goes by the clock; may take its time. */
  jobsDb: Db
  /** Whether the handles above have roles of their own; without them each is the owner's. */
  wall: SecondWall
  /** Ends all of them. */
  close(): Promise<void>
}

export interface ConnectionOptions {
  /** Whether to bring the database up to date first. @default false */
  migrates?: boolean
  /** Told in words when migrations have to wait for others. */
  onWait?: (reason: string) => void
  /** How many processes share what one may open. @default 1 */
  processes?: number
  /** How long a batch may take, in milliseconds. @default 3_000 */
  ingestTimeoutMs?: number
  /** @default 3_000 */
  connectTimeoutMs?: number
}

/**
 * The server may work this long on a batch; a second later its silence is a dead connection. A fault that ends just
 * after a statement was sent into it is felt for that long, and answers should flow again within 5 s.
 */
const defaultIngestTimeoutMs = 3_000
const lookupTimeoutMs = 2_000
const longTimeoutMs = 15_000

export async function openConnections(url: string, options: ConnectionOptions = {}): Promise<Connections> {
  const {
    migrates = false,
    processes = 1,
    connectTimeoutMs = 3_000,
    ingestTimeoutMs = defaultIngestTimeoutMs,
  } = options
  let wall: SecondWall
  const open = (name: string, poolSize: number, statementTimeoutMs: number, role?: DatabaseRole) => {
    const application = `heed ${name}`
    const own = role && wall.stands ? { role } : {}
    return openDatabase({ url, application, poolSize, statementTimeoutMs, connectTimeoutMs, ...own })
  }
  const shareOf = (connections: number) => Math.max(2, Math.ceil(connections / processes))
  const ownerDb = open('owner', 2, lookupTimeoutMs)
  try {
    if (migrates) await migrateToLatest(ownerDb, { ...(options.onWait && { onWait: options.onWait }) })
    wall = await findSecondWall(ownerDb)
  } catch (error) {
    await ownerDb.destroy()
    throw error
  }
  const handles = {
    ingestDb: open('ingest', 4, ingestTimeoutMs, 'ingest'),
    pageDb: open('page', 2, longTimeoutMs, 'ingest'),
    lookupDb: open('lookup', shareOf(3), lookupTimeoutMs, 'query'),
    queryDb: open('query', shareOf(8), longTimeoutMs, 'query'),
    ownerDb,
    jobsDb: open('jobs', 3, longTimeoutMs),
  }
  const close = async () => {
    await Promise.all(Object.values(handles).map((db) => db.destroy()))
  }
  return { ...handles, wall, close }
}
