import type { RejectRecord } from '@heed/contract'
import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { RejectTable } from '../tables/reject.table.ts'

/** A row as `rejectColumns` selects it: whose it was is left out. */
export type RejectRow = Omit<Selectable<RejectTable>, 'project_id' | 'response_id' | 'visitor' | 'subject'>

export const rejectColumns: RawBuilder<unknown> = sql`id, received_at, reason, detail, sdk, kind, survey_id, item`

export function rejectRecord(row: RejectRow): RejectRecord {
  return {
    id: row.id,
    receivedAt: row.received_at.toISOString(),
    reason: row.reason,
    detail: row.detail,
    sdk: row.sdk,
    kind: row.kind,
    surveyId: row.survey_id,
    item: row.item,
  }
}
