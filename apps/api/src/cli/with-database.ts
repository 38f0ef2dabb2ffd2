import { migrateToLatest, openDatabase } from '@heed/db'
import { readConfig } from '../config.ts'
import type { Db } from '../services.ts'
import { openStore } from '../store.ts'
import type { Terminal } from './terminal.ts'

/**
 * Runs with the database of the environment, brought up to date: that of a running `heed serve` as well, whose
 * embedded server is joined and left running.
 */
export function withDatabase<Result>(
  terminal: Terminal,
  work: (db: Db, migrated: string[]) => Promise<Result>,
): Promise<Result> {
  return withDatabaseAsItIs(terminal, async (db) => {
    const onWait = (reason: string) => terminal.err(`waiting: ${reason}`)
    return work(db, await migrateToLatest(db, { onWait }))
  })
}

/** The same without a migration. */
export async function withDatabaseAsItIs<Result>(
  terminal: Terminal,
  work: (db: Db) => Promise<Result>,
): Promise<Result> {
  const store = await openStore(readConfig(terminal.env))
  try {
    const db = openDatabase({ url: store.url, application: 'heed cli', poolSize: 2 })
    try {
      return await work(db)
    } finally {
      await db.destroy()
    }
  } finally {
    await store.close()
  }
}
