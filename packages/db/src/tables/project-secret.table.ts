import type { Generated } from 'kysely'

/** A secret that this installation made for one project. */
export interface ProjectSecretTable {
  project_id: string
  name: string
  value: string
  created_at: Generated<Date>
}
