import type { Generated } from 'kysely'

/** A secret that this installation made for itself. */
export interface ServerSecretTable {
  name: string
  value: string
  created_at: Generated<Date>
}
