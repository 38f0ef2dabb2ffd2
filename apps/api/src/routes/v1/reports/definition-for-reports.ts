import type { SurveyDefinition } from '@heed/contract'
import { findSurveyVersion } from '@heed/db'
import { definitionOf } from '../../../publish/definition-of.ts'
import type { Db } from '../../../services.ts'
import { needSurvey } from '../surveys/need-survey.ts'

/** What answers were given to: the newest published version, not the draft somebody is editing. */
export async function definitionForReports(
  db: Db,
  projectId: string,
  idOrKey: string,
): Promise<{ id: string; definition: SurveyDefinition }> {
  const survey = await needSurvey(db, projectId, idOrKey)
  const published = await findSurveyVersion(db, projectId, survey.id, survey.version)
  return { id: survey.id, definition: published?.definition ?? definitionOf(survey) }
}
