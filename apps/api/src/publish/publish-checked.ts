import type { Survey } from '@heed/contract'
import { type Auditor, audited, publishSurvey } from '@heed/db'
import { ProblemError } from '../errors.ts'
import { sentence } from '../explain-shape.ts'
import type { Db } from '../services.ts'
import { definitionOf } from './definition-of.ts'
import { publishErrors } from './publish-errors.ts'

/**
 * Publishes the draft as the next version. Undefined when there is no such survey.
 * @throws {ProblemError} `survey_not_publishable`, with every reason
 */
export async function publishChecked(
  db: Db,
  auditor: Auditor,
  surveyId: string,
): Promise<Survey | undefined> {
  const publish = async (trx: Parameters<typeof publishSurvey>[0]) => {
    // Checked after it is frozen: a draft that changes meanwhile cannot slip past the check.
    const survey = await publishSurvey(trx, auditor.projectId, surveyId)
    const errors = survey ? publishErrors(definitionOf(survey)) : []
    const [first] = errors
    if (first) {
      const others = errors.length > 1 ? ` (and ${errors.length - 1} more, see errors)` : ''
      throw new ProblemError('survey_not_publishable', sentence(first) + others, { errors })
    }
    return survey
  }
  return audited(db, auditor, publish, ({ id, key, version }) => ({
    action: 'survey.published',
    target: id,
    details: { key, version },
  }))
}
