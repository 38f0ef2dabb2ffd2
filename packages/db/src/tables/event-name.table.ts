import type { Generated } from 'kysely'

/** A page event that some page of the project has sent. */
export interface EventNameTable {
  project_id: string
  name: string
  first_seen_at: Generated<Date>
}
