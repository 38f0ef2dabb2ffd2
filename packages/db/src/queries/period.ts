import { type RawBuilder, sql } from 'kysely'

/** `from` inclusive, `to` exclusive, by `received_at`; null leaves that side open. */
export interface Period {
  from: Date | null
  to: Date | null
}

/** Always a plain range of the column, so that the index serves it. */
export function within(column: RawBuilder<unknown>, { from, to }: Period): RawBuilder<boolean> {
  const after = from ? sql`${column} >= ${from}` : sql`true`
  const before = to ? sql`${column} < ${to}` : sql`true`
  return sql`${after} and ${before}`
}
