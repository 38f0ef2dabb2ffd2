import type { ResponseRecord } from '@heed/contract'
import type { Selectable } from 'kysely'
import { type RawBuilder, sql } from 'kysely'
import type { ResponseTable } from '../tables/response.table.ts'

/** A row as `responseColumns` selects it. */
export type RecordRow = Omit<
  Selectable<ResponseTable>,
  'project_id' | 'device' | 'page' | 'event' | 'trigger'
> & {
  survey_key: string
  /** Microseconds since 1970, as text: a JavaScript Date would cut the sort key to milliseconds. */
  received_us: string
  has_screenshot: boolean
}

/** For `from responses r join surveys s`. */
export const responseColumns: RawBuilder<unknown> = sql`
  r.id, r.survey_id, s.key as survey_key, r.survey_version, r.seq, r.received_at, r.occurred_at, r.updated_at,
  (extract(epoch from r.received_at) * 1000000)::bigint::text as received_us, r.locale, r.country, r.visitor,
  r.subject, r.subject_verified, r.completed, r.answers, r.timing, r.context, r.tags, r.note, r.excluded, r.test,
  r.suspicion, r.suspicion_reasons, r.suspicious, r.superseded,
  exists (select from screenshots p where p.project_id = r.project_id and p.response_id = r.id) as has_screenshot`

export function responseRecord(row: RecordRow): ResponseRecord {
  return {
    id: row.id,
    surveyId: row.survey_id,
    surveyKey: row.survey_key,
    version: row.survey_version,
    seq: row.seq,
    receivedAt: row.received_at.toISOString(),
    occurredAt: row.occurred_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    locale: row.locale,
    country: row.country,
    visitor: row.visitor,
    subject: row.subject,
    subjectVerified: row.subject_verified,
    completed: row.completed,
    answers: row.answers,
    timing: row.timing,
    context: row.context,
    tags: row.tags,
    note: row.note,
    excluded: row.excluded,
    test: row.test,
    suspicion: { score: row.suspicion, reasons: row.suspicion_reasons ?? [] },
    suspicious: row.suspicious,
    superseded: row.superseded,
    ...(row.has_screenshot && { screenshot: true }),
  }
}
