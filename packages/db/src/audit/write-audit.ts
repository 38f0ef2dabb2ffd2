import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import type { AuditEntry, Auditor } from './audit-entry.ts'

/** Adds an entry: in the transaction of the change that it tells of, or before something is handed out. */
export async function writeAudit(
  db: Kysely<Database>,
  { projectId, actor }: Auditor,
  { action, target, details = {} }: AuditEntry,
): Promise<void> {
  await db
    .insertInto('audit_log')
    .values({
      project_id: projectId,
      actor,
      action,
      target: target ?? null,
      details: JSON.stringify(details),
    })
    .execute()
}
