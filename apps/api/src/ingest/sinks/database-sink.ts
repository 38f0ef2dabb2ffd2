import type { Db } from '../../services.ts'
import { classifyFailure } from '../classify-failure.ts'
import { storeRows } from '../store-rows.ts'
import type { IngestSink } from './sink.ts'

/** Group commit straight into PostgreSQL: taken means committed. */
export function databaseSink(db: Db): IngestSink {
  return {
    store: (rows) => storeRows(db, rows),
    classify: classifyFailure,
    outlivesDatabase: false,
    whyNotReady: async () => undefined,
    close: async () => {},
  }
}
