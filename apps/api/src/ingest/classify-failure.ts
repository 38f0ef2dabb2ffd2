import type { FailureKind } from './batcher.ts'

/**
 * What a failed statement means for its rows, by SQLSTATE class: 22 and 23 are the data's fault, 40001 and
 * 40P01 pass on another try; everything else (08 connection, 53 resources, 57 shutdown and cancelled, socket
 * errors without any state) leaves the commit unknown.
 */
export function classifyFailure(error: unknown): FailureKind {
  const code = sqlState(error)
  if (code === '40001' || code === '40P01') return 'conflict'
  return code.startsWith('22') || code.startsWith('23') ? 'data' : 'unavailable'
}

/** Five characters from PostgreSQL, a word such as ECONNREFUSED from a socket, or nothing. */
export function sqlState(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : ''
  return typeof code === 'string' ? code : ''
}
