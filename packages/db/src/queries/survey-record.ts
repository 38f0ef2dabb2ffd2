import type { Survey } from '@heed/contract'
import type { Selectable } from 'kysely'
import { SurveyKeyTakenError } from '../errors.ts'
import type { SurveyTable } from '../tables/survey.table.ts'

/** The draft with its identity and state. */
export function surveyRecord(row: Selectable<SurveyTable>): Survey {
  return {
    ...row.draft,
    key: row.key,
    id: row.id,
    status: row.status,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }
}

/** Turns the unique violation on (project_id, key) into the error that names the key. */
export function explainKeyTaken(error: unknown, key: string): never {
  const isTaken = error instanceof Error && 'constraint' in error && error.constraint === 'surveys_key_key'
  throw isTaken ? new SurveyKeyTakenError(key) : error
}
