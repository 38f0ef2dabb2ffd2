import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Database } from './database.ts'

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
}

// storeBatch needs named prepared statements, which Kysely cannot express, so it asks for the pool behind its handle.
const pools = new WeakMap<Kysely<Database>, pg.Pool>()

/** A pool of connections. Opens none before the first query; close with `db.destroy()`. */
export function openDatabase(options: DatabaseOptions): Kysely<Database> {
  const statementTimeoutMs = options.statementTimeoutMs ?? 10_000
  return openPool({
    connectionString: options.url,
    application_name: options.application,
    max: options.poolSize ?? 10,
    connectionTimeoutMillis: options.connectTimeoutMs ?? 5_000,
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: statementTimeoutMs * 2,
    // The server's own limit answers first; this one is for a connection whose other end has vanished.
    query_timeout: statementTimeoutMs + 2_000,
    keepAlive: true,
  })
}

/** A second handle on the same database, for work whose statements may take this long; 0: as long as it takes. The caller destroys it. */
export function openPatient(db: Kysely<Database>, statementTimeoutMs = 0): Kysely<Database> {
  const patience = {
    statement_timeout: statementTimeoutMs,
    query_timeout: statementTimeoutMs && statementTimeoutMs + 2_000,
    idle_in_transaction_session_timeout: statementTimeoutMs,
  }
  return openPool({ ...poolOf(db).options, ...patience, max: 2 })
}

function openPool(config: pg.PoolConfig): Kysely<Database> {
  const pool = new pg.Pool(config)
  // An error event that nobody listens to ends the process: of an idle connection when the server restarts, of one in
  // use between two statements, of one that is closing. The pool drops such a connection by itself, and the next query
  // opens another, or fails where somebody is waiting for it.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
  pools.set(db, pool)
  // Kysely ends a pool only if it was itself used, and storeBatch goes past it.
  const destroy = db.destroy.bind(db)
  db.destroy = async () => {
    await destroy()
    if (!pool.ending) await pool.end()
  }
  return db
}

/** The pool of a handle that came from `openDatabase`; a transaction has none. */
export function poolOf(db: Kysely<Database>): pg.Pool {
  const pool = pools.get(db)
  if (!pool) throw new TypeError('this needs the handle that openDatabase returned, not a transaction')
  return pool
}
