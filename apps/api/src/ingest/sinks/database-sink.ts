import { failureKind } from '@heed/db'
import type { Db } from '../../services.ts'
import { storeRows } from '../store-rows.ts'
import type { IngestSink } from './sink.ts'

/** Group commit straight into PostgreSQL: taken means committed. */
export function databaseSink(db: Db): IngestSink {
  return {
    store: (rows) => storeRows(db, rows),
    classify: failureKind,
    outlivesDatabase: false,
    whyNotReady: async () => undefined,
    close: async () => {},
  }
}
