import { type RawBuilder, sql } from 'kysely'

/** Whether a response is in the numbers: a real one, not taken out by anybody, and the last of its visitor and round. */
export const isCounted = (withSuspicious = false): RawBuilder<boolean> =>
  withSuspicious
    ? sql`not excluded and not test and not superseded`
    : sql`not excluded and not test and not superseded and not suspicious`
