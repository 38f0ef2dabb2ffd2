import { execFile } from 'node:child_process'
import { appendFile, cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { type Database, openDatabase } from '@heed/db'
import {
  embeddedUrl,
  ensureDatabase,
  ensureRunning,
  findPostmaster,
  initialise,
  type Place,
  preparePlace,
} from '@heed/db/embedded/parts'
import { type Kysely, sql } from 'kysely'
import { runSql } from '../run-sql.ts'

const run = promisify(execFile)

/**
 * How a server is told to stop. `smart` lets everybody who is connected finish, `fast` ends them, `immediate` ends itself as
 * a crash would, and `kill` leaves it no time at all.
 */
export type Stop = 'smart' | 'fast' | 'immediate' | 'kill'

const signals = { smart: 'SIGTERM', fast: 'SIGINT', immediate: 'SIGQUIT', kill: 'SIGKILL' } as const

/** A PostgreSQL of its own that nobody looks after: it stays as one leaves it. */
export interface BreakablePostgres {
  /** A superuser's, to the database `heed`; the same after each start. */
  url: string
  /** Its files: `pg_wal` and the rest. */
  cluster: string
  isRunning(): boolean
  /** Resolves when the process is gone; harmless when it is. */
  stop(how: Stop): Promise<void>
  /** Resolves when it accepts connections. */
  start(): Promise<void>
  /** Runs statements one by one, on a connection that does not outlive them. */
  query<Row = unknown>(...statements: string[]): Promise<Row[]>
  /**
   * A copy that follows this one: a commit is acknowledged when the copy has it on disk too. `promote` it, and it takes
   * writes itself.
   */
  startStandby(): Promise<BreakablePostgres & { promote(): Promise<void> }>
  /** Stops it and removes its files. */
  close(): Promise<void>
}

export interface BreakableOptions {
  /** Lines for `postgresql.conf`, such as `max_connections = 20`. */
  settings?: readonly string[]
  /** Called with the new cluster before its first start. */
  prepare?(place: Place): Promise<void>
}

/** An empty database on a server of its own, in a folder that goes away with it. */
export async function startBreakablePostgres(options: BreakableOptions = {}): Promise<BreakablePostgres> {
  const dataDir = await mkdtemp(join(tmpdir(), 'heed-breakable-'))
  const place = await preparePlace(dataDir)
  const password = await initialise(dataDir, place.cluster, place.binaries, place.user)
  await appendFile(join(place.cluster, 'postgresql.conf'), `\n${(options.settings ?? []).join('\n')}\n`)
  await options.prepare?.(place)
  const port = await ensureRunning(place)
  await ensureDatabase(port, password)
  return breakable(place, port, password)
}

function breakable(place: Place, port: number, password: string): BreakablePostgres {
  const { cluster, dataDir } = place
  const url = embeddedUrl(port, password)

  async function stop(how: Stop): Promise<void> {
    const running = findPostmaster(cluster)
    if (running) process.kill(running.pid, signals[how])
    // Not our child for long: the server is detached. So its end is seen in the list of processes.
    while (findPostmaster(cluster)) await delay(10)
  }

  async function query<Row>(...statements: string[]): Promise<Row[]> {
    const db: Kysely<Database> = openDatabase({
      url,
      application: 'heed faults',
      poolSize: 1,
      statementTimeoutMs: 60_000,
    })
    try {
      let rows: Row[] = []
      for (const statement of statements) rows = await runSql<Row>(db, statement)
      return rows
    } finally {
      await db.destroy()
    }
  }

  const postgres: BreakablePostgres = {
    url,
    cluster,
    isRunning: () => findPostmaster(cluster) !== undefined,
    stop,
    start: async () => {
      await ensureRunning(place)
    },
    query,
    async startStandby() {
      const copyDir = await mkdtemp(join(tmpdir(), 'heed-standby-'))
      const copy = await preparePlace(copyDir)
      await backUp(url, cluster, copy.cluster)
      await cp(join(dataDir, 'password'), join(copyDir, 'password'))
      await appendFile(
        join(copy.cluster, 'postgresql.auto.conf'),
        `primary_conninfo = 'host=127.0.0.1 port=${port} user=heed password=${password} application_name=standby'\n`,
      )
      await writeFile(join(copy.cluster, 'standby.signal'), '')
      if (copy.user) await run('chown', ['-R', `${copy.user.uid}:${copy.user.gid}`, copy.cluster])
      const copyPort = await ensureRunning(copy)
      await query(`alter system set synchronous_standby_names = 'standby'`, 'select pg_reload_conf()')
      while (!(await isSynchronous(query))) await delay(20)
      const standby = breakable(copy, copyPort, password)
      return { ...standby, promote: async () => void (await standby.query('select pg_promote(true, 30)')) }
    },
    async close() {
      await stop('immediate')
      await rm(dataDir, { recursive: true, force: true })
    },
  }
  return postgres
}

async function isSynchronous(query: BreakablePostgres['query']): Promise<boolean> {
  const rows = await query(`select from pg_stat_replication where sync_state = 'sync'`)
  return rows.length > 0
}

/** A base backup of a running server. Start and stop belong to one session. */
async function backUp(url: string, from: string, to: string): Promise<void> {
  const db = openDatabase({ url, application: 'heed backup', statementTimeoutMs: 60_000 })
  try {
    await db.connection().execute(async (session) => {
      await sql`select pg_backup_start('standby', true)`.execute(session)
      await cp(from, to, { recursive: true, verbatimSymlinks: true, filter: isCopied(from) })
      const { rows } = await sql<{ labelfile: string }>`select labelfile from pg_backup_stop()`.execute(
        session,
      )
      await writeFile(join(to, 'backup_label'), rows[0]?.labelfile ?? '')
    })
  } finally {
    await db.destroy()
  }
  if ((await readdir(to)).length === 0) throw new Error(`nothing was copied from ${from}`)
}

const isCopied = (cluster: string) => (path: string) =>
  !path.startsWith(join(cluster, 'pg_wal', '0')) && path !== join(cluster, 'postmaster.pid')
