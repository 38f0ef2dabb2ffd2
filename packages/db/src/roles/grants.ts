import type { Database } from '../database.ts'

/**
 * `query`: reads and manages one project, the one that its session names. `ingest`: adds what pages send, and reads no
 * more than that takes.
 */
export type DatabaseRole = 'query' | 'ingest'

interface Rights {
  /** `true`: every column. */
  select?: true | string[]
  insert?: true
  update?: true | string[]
  delete?: true
}

type Written = 'responses' | 'comments' | 'displays' | 'losses' | 'changed_hours' | 'unsettled_visitors'
type Views = 'comment_search' | 'growing_responses' | `incoming_${Written}`

/** Shows no row, so this is the right to add one, and to let it replace one of the same key. */
const write: Rights = { select: true, insert: true, update: true }

/**
 * What each role may do with each table: nothing but what is written here, and that in the rows of the session's project
 * only, except through the views. Given after every migration, so a column or a table that is new to a role needs only a
 * line here; to take something away takes a migration.
 * Keys and secrets belong to the owner, who sees every project: looks up public keys and hashes, runs jobs, migrates.
 */
export const grants: Record<keyof Database | Views, Partial<Record<DatabaseRole, Rights>>> = {
  secret_keys: {},
  project_secrets: {},
  server_secrets: {},
  project_usage: {},
  projects: { query: { select: true, update: ['name', 'status', 'settings', 'updated_at'] } },
  surveys: {
    query: {
      select: true,
      insert: true,
      update: ['key', 'status', 'version', 'draft', 'closed_at', 'updated_at'],
    },
  },
  survey_versions: { query: { select: true, insert: true } },
  responses: {
    query: {
      select: true,
      update: ['tags', 'note', 'excluded', 'test', 'suspicious', 'judged_suspicious', 'updated_at'],
      delete: true,
    },
    // For pictures, which are taken as long as their response may grow.
    ingest: { select: ['project_id', 'id', 'received_at'] },
  },
  growing_responses: { ingest: { select: true } },
  incoming_responses: { ingest: write },
  comments: {
    query: { select: ['project_id', 'id', 'survey_id', 'received_at', 'seq'], delete: true },
  },
  comment_search: { query: { select: true } },
  incoming_comments: { ingest: write },
  // To lock a row takes the right to change a column of it.
  displays: { query: { select: true, update: ['suspicious'], delete: true } },
  incoming_displays: { ingest: write },
  losses: { query: { select: true } },
  incoming_losses: { ingest: write },
  score_hours: { query: { select: true } },
  rolled_surveys: { query: { select: true } },
  changed_hours: { query: { select: true, insert: true } },
  incoming_changed_hours: { ingest: write },
  unsettled_visitors: { query: { select: true, insert: true, delete: true } },
  incoming_unsettled_visitors: { ingest: write },
  // What follows comes from pages as well, of one project at a time.
  event_names: { query: { select: true }, ingest: { select: ['project_id', 'name'], insert: true } },
  screenshots: {
    query: { select: true, delete: true },
    ingest: {
      select: ['project_id', 'response_id', 'received_at', 'settled'],
      insert: true,
      update: ['settled'],
      delete: true,
    },
  },
  rejects: {
    query: { select: true, delete: true },
    ingest: { select: ['project_id', 'id', 'received_at'], insert: true, delete: true },
  },
  audit_log: { query: { select: true, insert: true } },
  erasures: { query: { select: true, insert: true, update: ['erased_at'] } },
  erased_responses: { query: { select: true, insert: true, update: ['erased_at'] } },
}
