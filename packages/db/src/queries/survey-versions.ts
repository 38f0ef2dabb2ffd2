import type { SurveyDefinition, SurveyStatus } from '@heed/contract'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'

/** One published version, as it was frozen. Times are ISO 8601 UTC. */
export interface SurveyVersion {
  surveyId: string
  version: number
  definition: SurveyDefinition
  publishedAt: string
}

/** A published version with what decides whether its answers are still taken. */
export interface SurveyVersionState extends SurveyVersion {
  status: SurveyStatus
  /** When the survey was paused or archived; null while it is live. */
  closedAt: string | null
  /** What the database called now when it was asked. */
  readAt: string
}

const versions = (db: Kysely<Database>, projectId: string) =>
  db.selectFrom('survey_versions').where('survey_versions.project_id', '=', projectId)

/** Newest first. Empty for an unknown survey and for one that was never published. */
export async function listSurveyVersions(
  db: Kysely<Database>,
  projectId: string,
  surveyId: string,
): Promise<SurveyVersion[]> {
  const rows = await versions(db, projectId)
    .select(['survey_id', 'version', 'definition', 'published_at'])
    .where('survey_id', '=', surveyId)
    .orderBy('version', 'desc')
    .execute()
  return rows.map(versionRecord)
}

export async function findSurveyVersion(
  db: Kysely<Database>,
  projectId: string,
  surveyId: string,
  version: number,
): Promise<SurveyVersionState | undefined> {
  const row = await versions(db, projectId)
    .innerJoin('surveys', (join) =>
      join
        .onRef('surveys.project_id', '=', 'survey_versions.project_id')
        .onRef('surveys.id', '=', 'survey_versions.survey_id'),
    )
    .select(['survey_id', 'survey_versions.version', 'definition', 'published_at', 'status', 'closed_at'])
    .select(sql<Date>`now()`.as('read_at'))
    .where('survey_id', '=', surveyId)
    .where('survey_versions.version', '=', version)
    .executeTakeFirst()
  return (
    row && {
      ...versionRecord(row),
      status: row.status,
      closedAt: row.closed_at?.toISOString() ?? null,
      readAt: row.read_at.toISOString(),
    }
  )
}

/** What visitors may meet now: each live survey in its newest published version, by key. */
export async function listLiveSurveys(db: Kysely<Database>, projectId: string): Promise<SurveyVersion[]> {
  const rows = await versions(db, projectId)
    .innerJoin('surveys', (join) =>
      join
        .onRef('surveys.project_id', '=', 'survey_versions.project_id')
        .onRef('surveys.id', '=', 'survey_versions.survey_id')
        .onRef('surveys.version', '=', 'survey_versions.version'),
    )
    .select(['survey_id', 'survey_versions.version', 'definition', 'published_at'])
    .where('status', '=', 'live')
    .orderBy('surveys.key')
    .execute()
  return rows.map(versionRecord)
}

function versionRecord(row: {
  survey_id: string
  version: number
  definition: SurveyDefinition
  published_at: Date
}): SurveyVersion {
  return {
    surveyId: row.survey_id,
    version: row.version,
    definition: row.definition,
    publishedAt: row.published_at.toISOString(),
  }
}
