import type { Survey, SurveyDefinition } from '@heed/contract'
import { surveyDefinitionSchema } from '@heed/contract/schema'
import { createSurvey, findSurvey, updateSurveyDraft } from '@heed/db'
import { ProblemError } from '../errors.ts'
import { explainShape, sentence } from '../explain-shape.ts'
import { findForbiddenCharacter } from '../ingest/forbidden-characters.ts'
import type { Db } from '../services.ts'
import { publishChecked } from './publish-checked.ts'

/**
 * Puts a definition into a project: a new survey, or the new draft of the one that has its key.
 * @throws {ProblemError} `invalid_request` when it is no definition, `survey_not_publishable` when asked to publish it
 */
export async function importSurvey(
  db: Db,
  projectId: string,
  definition: unknown,
  { publish = false }: { publish?: boolean } = {},
): Promise<Survey> {
  const checked = checkDefinition(definition)
  const known = await findSurvey(db, projectId, checked.key)
  const isSame = known?.key === checked.key
  const survey =
    (isSame && (await updateSurveyDraft(db, projectId, known.id, checked))) ||
    (await createSurvey(db, projectId, checked))
  return (publish && (await publishChecked(db, projectId, survey.id))) || survey
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
