import type { Survey, SurveyDefinition } from '@heed/contract'
import { surveyDefinitionSchema } from '@heed/contract/schema'
import { audited, createSurvey, findSurvey, updateSurveyDraft } from '@heed/db'
import { ProblemError } from '../errors.ts'
import { explainShape, sentence } from '../explain-shape.ts'
import { findForbiddenCharacter } from '../ingest/forbidden-characters.ts'
import type { Db } from '../services.ts'
import { publishChecked } from './publish-checked.ts'

interface ImportOptions {
  /** @default false */
  publish?: boolean
  /** Who does it, for the audit log. @default 'cli' */
  actor?: string
}

/**
 * Puts a definition into a project: a new survey, or the new draft of the one that has its key.
 * @throws {ProblemError} `invalid_request` when it is no definition, `survey_not_publishable` when asked to publish it
 */
export async function importSurvey(
  db: Db,
  projectId: string,
  definition: unknown,
  { publish = false, actor = 'cli' }: ImportOptions = {},
): Promise<Survey> {
  const checked = checkDefinition(definition)
  const known = await findSurvey(db, projectId, checked.key)
  const isSame = known?.key === checked.key
  const auditor = { projectId, actor }
  const details = { key: checked.key, changed: Object.keys(checked) }
  const changed =
    isSame &&
    (await audited(
      db,
      auditor,
      (trx) => updateSurveyDraft(trx, projectId, known.id, checked),
      ({ id }) => ({ action: 'survey.changed', target: id, details }),
    ))
  const survey =
    changed ||
    (await audited(
      db,
      auditor,
      (trx) => createSurvey(trx, projectId, checked),
      ({ id, key }) => ({ action: 'survey.created', target: id, details: { key } }),
    ))
  return (publish && (await publishChecked(db, auditor, survey.id))) || survey
}

function checkDefinition(definition: unknown): SurveyDefinition {
  const errors = explainShape(surveyDefinitionSchema, definition)
  const [first] = errors
  if (first) throw new ProblemError('invalid_request', sentence(first), { errors })
  const place = findForbiddenCharacter(definition)
  if (place !== undefined)
    throw new ProblemError('invalid_request', `${place}: contains NUL or half of a surrogate pair`)
  return definition as SurveyDefinition
}
