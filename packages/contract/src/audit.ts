/** What the audit log tells of: a thing and what became of it. */
export const auditActions = [
  'project.created',
  'project.changed',
  'key.created',
  'key.revoked',
  'survey.created',
  'survey.changed',
  'survey.published',
  'survey.paused',
  'survey.resumed',
  'survey.archived',
  'survey.previewed',
  'response.changed',
  'responses.testsDeleted',
  'responses.exported',
  'responses.expired',
  'responses.erased',
  'visitor.erased',
  'visitor.copied',
  'subject.erased',
  'subject.copied',
] as const
export type AuditAction = (typeof auditActions)[number]

/** One change of a project. It holds no answer, address, or id of a visitor or subject. */
export interface AuditRecord {
  id: string
  at: string
  /** Id of the secret key, `cli` for the command line, `job` for what the server does by itself. */
  actor: string
  action: AuditAction
  /** Which one: the id of a key, survey or response; of a visitor or subject a keyed hash, the reference of the erasure. */
  target: string | null
  /** Names of what changed, plain settings, counts. */
  details: Record<string, string | number | boolean | null | string[]>
}

export interface AuditPage {
  data: AuditRecord[]
  nextCursor: string | null
}
