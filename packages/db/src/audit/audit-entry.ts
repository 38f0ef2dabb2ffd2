import type { AuditAction, AuditRecord } from '@heed/contract'

/** What is written of a change. Never an answer, or an id of a visitor or subject: for those there is `personReference`. */
export interface AuditEntry {
  action: AuditAction
  target?: string
  details?: AuditRecord['details']
}

/** Whose change it is, of which project. */
export interface Auditor {
  projectId: string
  /** Id of a secret key, `cli` or `job`. */
  actor: string
}
