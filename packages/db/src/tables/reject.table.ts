import type { RejectRecord } from '@heed/contract'
import type { Generated } from 'kysely'

/** An item that ingest refused for its content. Few, the newest of each project. */
export interface RejectTable {
  project_id: string
  id: string
  received_at: Generated<Date>
  reason: RejectRecord['reason']
  detail: string
  sdk: string
  kind: RejectRecord['kind']
  survey_id: string | null
  /** With the next two: whose it was, to erase it; never shown. */
  response_id: string | null
  visitor: string | null
  subject: string | null
  item: string
}
