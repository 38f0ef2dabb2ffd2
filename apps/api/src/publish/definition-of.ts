import type { Survey, SurveyDefinition } from '@heed/contract'

/** The part of a survey that is edited, imported and exported. */
export function definitionOf({
  id,
  status,
  version,
  createdAt,
  updatedAt,
  full,
  warnings,
  ...definition
}: Survey): SurveyDefinition {
  return definition
}
