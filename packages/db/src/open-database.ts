import { Kysely, PostgresDialect } from 'kysely'
import type pg from 'pg'
import type { Database } from './database.ts'
import type { DatabaseRole } from './roles/grants.ts'
import { takeRole } from './roles/role-names.ts'
import { withProject } from './roles/session-project.ts'
import { usefulConnections } from './useful-connections.ts'

export interface DatabaseOptions {
  /** `postgresql://user:password@host:port/database` */
  url: string
  /** Shows in `pg_stat_activity`. */
  application: string
  /** Most connections open at once. @default 10 */
  poolSize?: number
  /** A statement that runs longer is cancelled by the server. @default 10_000 */
  statementTimeoutMs?: number
  /** Waiting longer for a connection is an error (pg itself waits for ever). @default 5_000 */
  connectTimeoutMs?: number
  /** Whose rights its connections have; they fail where there is no such role. @default the owner's, who sees every project */
  role?: DatabaseRole
}

/** How much later than the server would have given up a statement its silence counts as a dead connection. */
const silenceMs = 1_000
const destroyWithinMs = 2_000

// storeBatch needs named prepared statements, which Kysely cannot express, so it asks for the pool behind its handle.
const pools = new WeakMap<Kysely<Database>, pg.Pool>()

/** A pool of connections. Opens none before the first query; close with `db.destroy()`. */
export function openDatabase(options: DatabaseOptions): Kysely<Database> {
  const { role, statementTimeoutMs = 10_000, connectTimeoutMs = 5_000 } = options
  const take = role && { text: takeRole(role), query_timeout: connectTimeoutMs }
  return openPool({
    connectionString: options.url,
    application_name: options.application,
    max: options.poolSize ?? 10,
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: statementTimeoutMs * 2,
    // The server's own limit answers first; this one is for a connection whose other end has vanished.
    query_timeout: statementTimeoutMs + silenceMs,
    keepAlive: true,
    // Awaited before the connection is handed out, and the connection closed when it fails.
    ...(take && { onConnect: (client) => client.query(take) }),
  })
}

/** A second handle on the same database, for work whose statements may take this long; 0: as long as it takes. The caller destroys it. */
export function openPatient(db: Kysely<Database>, statementTimeoutMs = 0): Kysely<Database> {
  const patience = {
    statement_timeout: statementTimeoutMs,
    query_timeout: statementTimeoutMs && statementTimeoutMs + silenceMs,
    idle_in_transaction_session_timeout: statementTimeoutMs,
  }
  return openPool({ ...poolOf(db).options, ...patience, max: 2 })
}

function openPool(config: pg.PoolConfig): Kysely<Database> {
  const { pool, cut } = usefulConnections(config)
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool: withProject(pool, '') }) })
  pools.set(db, pool)
  // The pool is shared, so Kysely never ends it.
  const destroy = db.destroy.bind(db)
  db.destroy = async () => {
    // A statement that nobody answers does not keep the process.
    const deadline = setTimeout(cut, destroyWithinMs)
    await destroy()
    if (!pool.ending) await pool.end()
    clearTimeout(deadline)
  }
  return db
}

/**
 * A handle on the same connections that sees and changes rows of this project only, where they have a role; transactions
 * of it too. Cheap to make, nothing to destroy. Through the handle of `openDatabase` itself a role sees no row of any.
 */
export function forProject(db: Kysely<Database>, projectId: string): Kysely<Database> {
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool: withProject(poolOf(db), projectId) }) })
}

/** The pool of a handle that came from `openDatabase`; a transaction has none. */
export function poolOf(db: Kysely<Database>): pg.Pool {
  const pool = pools.get(db)
  if (!pool)
    throw new TypeError(
      "this needs the handle that openDatabase returned, not a transaction or one project's",
    )
  return pool
}

export interface PoolUse {
  /** Connections somebody works with. */
  used: number
  idle: number
  /** The most that may be open. */
  most: number
  /** How many wait for a connection. */
  waiting: number
}

/** What the pool of a handle is doing now. */
export function poolUse(db: Kysely<Database>): PoolUse {
  const { totalCount, idleCount, waitingCount, options } = poolOf(db)
  return { used: totalCount - idleCount, idle: idleCount, most: options.max, waiting: waitingCount }
}
