import { type Kysely, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import type { Database } from './database.ts'
import { migrations } from './migrations/index.ts'
import { openPatient } from './open-database.ts'

/**
 * Brings the schema up to date and returns the names of what ran. Processes that start together wait for each
 * other (Kysely's advisory lock); everything runs in one transaction, so a failure leaves the schema as it was.
 */
export async function migrateToLatest(db: Kysely<Database>): Promise<string[]> {
  const patient = openPatient(db)
  const migrator = new Migrator({ db: patient, provider: { getMigrations: async () => polite } })
  const { error, results } = await migrator.migrateToLatest().finally(() => patient.destroy())
  if (error) {
    const failed = results?.find((result) => result.status === 'Error')?.migrationName
    throw new Error(failed ? `migration ${failed} failed` : 'migrations could not run', { cause: error })
  }
  return (results ?? []).map((result) => result.migrationName)
}

// A migration may take longer than a query is allowed to, but must not queue for a table lock with all the
// traffic behind it: better to fail, and to be started again.
const polite: Record<string, Migration> = Object.fromEntries(
  Object.entries(migrations).map(([name, migration]) => [
    name,
    {
      up: async (trx: Kysely<unknown>) => {
        await sql`select set_config('lock_timeout', '10s', true), set_config('statement_timeout', '0', true)`.execute(
          trx,
        )
        await migration.up(trx)
      },
    },
  ]),
)
