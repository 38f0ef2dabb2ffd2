/** What an error of the database says about the rows of the failed statement. */
export type FailureKind =
  /** The data of some row cannot be stored: find that row. */
  | 'data'
  /** Another transaction was in the way: the same statement may pass now. */
  | 'conflict'
  /** The database is gone, shutting down, full, slow or not as this build expects it: whether it committed is unknown. */
  | 'unavailable'
  /** It may be some row or the database: what fails alone is at least no harm to its neighbours. */
  | 'unclear'

/** Two characters are a class of SQLSTATE, five one state: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const kinds: Readonly<Record<string, FailureKind>> = {
  // The same row twice in one statement; halves have it once.
  21: 'data',
  22: 'data',
  23: 'data',
  // A check of a view.
  44: 'data',
  // Too deep, too long, too large for an index: no other time and no other server takes such a row, and the statement
  // itself is always the same. As `unavailable` it would be sent again for ever and fail each batch that it is in.
  54: 'data',
  40001: 'conflict',
  '40P01': 'conflict',
  '08': 'unavailable',
  // Read-only: a standby, or a primary that was demoted under our connections. Also a transaction that was ended.
  25: 'unavailable',
  // A prepared statement that is not there: a pooler between us and the server gave us another's connection.
  26: 'unavailable',
  // Password, database or schema are being changed; the rows wait for whoever is at it.
  28: 'unavailable',
  '3D': 'unavailable',
  '3F': 'unavailable',
  40003: 'unavailable',
  // A table, column or right is missing: the migration has not run, or not here. The statement never varies, so no row
  // can be the cause, and refusing answers for it would lose them.
  42: 'unavailable',
  // Disk, memory, connections. 55: locked by somebody. 57: cancelled by a timeout, shutting down, starting.
  53: 'unavailable',
  55: 'unavailable',
  57: 'unavailable',
  // Input and output of the server's own files; its configuration.
  58: 'unavailable',
  F0: 'unavailable',
  // A table or an index is damaged.
  XX001: 'unavailable',
  XX002: 'unavailable',
}

/** Where trying again is no advice: the statement does not fit the schema or the connection, whenever it is sent. */
const mismatches = ['26', '42']

const isSqlState = (code: string): boolean => /^[0-9A-Z]{5}$/.test(code) && !isErrno(code)
/** `ECONNRESET`, `EAI_AGAIN`, `CERT_HAS_EXPIRED`; not Node's own `ERR_...`, which are mistakes of the program. */
const isErrno = (code: string): boolean => /^E(?!RR_)[A-Z_]+$|CERT_|_CERT|_SIGNATURE$/.test(code)

// pg gives these no code.
const connectionMessage =
  /^(Connection terminated|Query read timeout|timeout exceeded|Client (was closed|has encountered)|Cannot use a pool after|Postgres connection has been discarded)/

/** Five characters from PostgreSQL, a word such as ECONNREFUSED from a socket, or nothing. */
export function sqlState(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : ''
  return typeof code === 'string' ? code : ''
}

/** Decides by SQLSTATE, and without one whether the connection failed; a mistake of the program is `unclear`. */
export function failureKind(error: unknown): FailureKind {
  const code = sqlState(error)
  if (isSqlState(code)) return kinds[code] ?? kinds[code.slice(0, 2)] ?? 'unclear'
  return isErrno(code) || isConnectionError(error) ? 'unavailable' : 'unclear'
}

/** Whether the same request may pass at another time: what failed is the database, not what it was asked. */
export function isDatabaseAway(error: unknown): boolean {
  const kind = failureKind(error)
  if (kind === 'conflict') return true
  return kind === 'unavailable' && !mismatches.includes(sqlState(error).slice(0, 2))
}

/**
 * Whether the connection leads to a server that is no use to us, or to none: then its neighbours of the same pool do so
 * too, as a rule, and each would be found out by a failure of its own.
 */
export function isConnectionUseless(error: unknown): boolean {
  const code = sqlState(error)
  if (isSqlState(code)) return /^(08|25006|26|57P|XX00[12])/.test(code)
  return isErrno(code) || isConnectionError(error)
}

function isConnectionError(error: unknown): boolean {
  return error instanceof Error && connectionMessage.test(error.message)
}
