import { type RawBuilder, sql } from 'kysely'
import { InvalidCursorError } from '../errors.ts'

/** Where a page ended: the sort key of its last row. */
export interface Position {
  /** Microseconds since 1970, decimal. */
  receivedUs: string
  id: string
}

/** Opaque to callers, so that the sort key can change. */
export const encodeCursor = ({ receivedUs, id }: Position): string =>
  Buffer.from(`${receivedUs} ${id}`).toString('base64url')

export function decodeCursor(cursor: string): Position {
  const parts = /^(\d{1,18}) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(
    Buffer.from(cursor, 'base64url').toString(),
  )
  const [, receivedUs, id] = parts ?? []
  if (receivedUs === undefined || id === undefined) throw new InvalidCursorError()
  return { receivedUs, id }
}

/** Exact to the microsecond, which to_timestamp(double precision) is not. */
export const momentOf = ({ receivedUs }: Pick<Position, 'receivedUs'>): RawBuilder<Date> =>
  sql`timestamptz '1970-01-01 00:00:00Z' + ${receivedUs}::bigint * interval '1 microsecond'`
