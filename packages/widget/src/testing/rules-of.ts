import type { ProjectRules, ProjectSettings, SurveyDefinition } from '@heed/contract'
import { projectRules } from '../content/index.ts'

/** Of a project that nobody has changed anything of. */
const defaults: ProjectSettings = {
  origins: [],
  cooldownDays: 0,
  onePerSession: true,
  protectedUrls: [],
  queryKeys: [],
}

/** Rules of surveys as if each had just been published: `srv_<key>`, version 1. */
export const rulesOf = (
  surveys: readonly SurveyDefinition[],
  settings?: Partial<ProjectSettings>,
): ProjectRules =>
  projectRules(
    { status: 'active', settings: { ...defaults, ...settings } },
    surveys.map((definition) => ({ surveyId: `srv_${definition.key}`, version: 1, definition })),
  )
