import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../database.ts'
import { retryDeadlocked } from '../queries/retry-deadlocked.ts'
import type { AuditEntry, Auditor } from './audit-entry.ts'
import { writeAudit } from './write-audit.ts'

/**
 * Makes a change and writes its entry in one transaction: neither is there without the other. A result of undefined or
 * false says that nothing was changed, so there is nothing to write. `change` runs again when PostgreSQL ends it as a
 * deadlock, so it does nothing but what the transaction does.
 */
export async function audited<Result>(
  db: Kysely<Database>,
  auditor: Auditor,
  change: (trx: Transaction<Database>) => Promise<Result>,
  describe: (result: Exclude<Result, undefined | false>) => AuditEntry,
): Promise<Result> {
  return retryDeadlocked(() =>
    db.transaction().execute(async (trx) => {
      const result = await change(trx)
      if (result !== undefined && result !== false) {
        await writeAudit(trx, auditor, describe(result as Exclude<Result, undefined | false>))
      }
      return result
    }),
  )
}
