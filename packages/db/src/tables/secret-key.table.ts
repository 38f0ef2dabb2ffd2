import type { Generated } from 'kysely'

/** What a secret key may do. `admin` includes `write`, `write` includes `read`. */
export type Scope = 'read' | 'write' | 'admin'

export interface SecretKeyTable {
  project_id: string
  id: string
  name: string
  /** SHA-256 of the key, hex. */
  hash: string
  scopes: Scope[]
  created_at: Generated<Date>
  revoked_at: Date | null
}
