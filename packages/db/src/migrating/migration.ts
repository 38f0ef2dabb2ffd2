import type { Kysely } from 'kysely'

/** Runs in a transaction of its own, recorded in the same one: all of it or nothing. May run again after a lock timeout. */
interface SchemaMigration {
  up(trx: Kysely<unknown>): Promise<void>
}

/**
 * Indexes of tables that traffic writes to, built and dropped `concurrently`, which no transaction can hold. Interrupted
 * anywhere it is finished by the next start: what is there already is left, what was left half built is built anew.
 */
interface IndexMigration {
  indexes: IndexChange[]
}

export type IndexChange =
  /** `on`: what follows `create index <name> on`, from the table to the `where`. */
  { create: string; on: string; unique?: true } | { drop: string }

export type Migration = SchemaMigration | IndexMigration

export type Migrations = Record<string, Migration>
