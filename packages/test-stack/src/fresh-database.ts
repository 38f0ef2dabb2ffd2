import { randomBytes } from 'node:crypto'
import { openDatabase } from '@heed/db'
import { sql } from 'kysely'
import { inject } from 'vitest'

declare module 'vitest' {
  export interface ProvidedContext {
    /** A superuser's connection to the one PostgreSQL of this run. */
    postgresUrl: string
    /** The migrated database that `freshDatabase` copies. */
    postgresTemplate: string
  }
}

export interface FreshDatabase {
  url: string
  /** Closes whatever is still connected and removes it. */
  drop(): Promise<void>
}

/** A migrated, empty database of its own, on the PostgreSQL of this run. One for each test file is enough. */
export function freshDatabase(): Promise<FreshDatabase> {
  return createDatabase(inject('postgresTemplate'))
}

/** One that has never been migrated. */
export function emptyDatabase(): Promise<FreshDatabase> {
  return createDatabase('template1')
}

async function createDatabase(template: string): Promise<FreshDatabase> {
  const url = inject('postgresUrl')
  const name = `heed_test_${randomBytes(6).toString('hex')}`
  await asAdmin(url, sql`create database ${sql.id(name)} template ${sql.id(template)}`)
  return {
    url: atDatabase(url, name),
    drop: () => asAdmin(url, sql`drop database if exists ${sql.id(name)} with (force)`),
  }
}

/** The same server and user, another database. */
export function atDatabase(url: string, name: string): string {
  const other = new URL(url)
  other.pathname = `/${name}`
  return other.href
}

async function asAdmin(url: string, statement: ReturnType<typeof sql>): Promise<void> {
  const admin = openDatabase({ url, application: 'heed tests', poolSize: 1 })
  try {
    await statement.execute(admin)
  } finally {
    await admin.destroy()
  }
}
