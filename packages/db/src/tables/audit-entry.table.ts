import type { AuditAction, AuditRecord } from '@heed/contract'
import type { ColumnType, Generated } from 'kysely'

/** One change of a project, written with it. Entries are added and never changed. */
export interface AuditEntryTable {
  project_id: string
  id: Generated<string>
  at: Generated<Date>
  /** Id of a secret key, `cli` or `job`. */
  actor: string
  action: AuditAction
  target: string | null
  details: ColumnType<AuditRecord['details'], string, never>
}
