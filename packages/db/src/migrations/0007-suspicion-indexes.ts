import type { IndexChange } from '../migrating/migration.ts'

// Frozen: what was released is never edited, a change is a new migration.
export const indexes: IndexChange[] = [
  // As responses_report_idx was, with what else decides whether a response counts.
  {
    create: 'responses_count_idx',
    on: `responses (project_id, survey_id, received_at, id)
      include (nps, csat, ces, gcr, completed, excluded, test, survey_version, device, country, locale, suspicious, superseded)`,
  },
  { drop: 'responses_report_idx' },
  {
    create: 'responses_visitor_idx',
    on: 'responses (project_id, visitor, survey_id, received_at) where visitor is not null',
  },
  { create: 'responses_subject_idx', on: 'responses (project_id, subject) where subject is not null' },
]
