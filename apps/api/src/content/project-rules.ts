import type { Project, ProjectRules, SurveyDefinition, SurveyRules } from '@heed/contract'
import type { SurveyVersion } from '@heed/db'
import { inOrderOfPriority } from '@heed/targeting'

/**
 * What the loader decides with: rules without texts, members at their default left out, because every page view
 * of the shop pays for each byte. A paused project has no surveys.
 */
export function projectRules(project: Project, live: readonly SurveyVersion[]): ProjectRules {
  if (project.status === 'paused') return { surveys: [] }
  const { cooldownDays, onePerSession, protectedUrls, queryKeys } = project.settings
  return {
    ...(cooldownDays > 0 && { cooldownDays }),
    ...(!onePerSession && { onePerSession }),
    ...(protectedUrls.length > 0 && { protectedUrls }),
    ...(queryKeys.length > 0 && { queryKeys }),
    // In the order in which they are asked when the moment of several has come: whoever walks the list has the first.
    surveys: live.toSorted((a, b) => inOrderOfPriority(a.definition, b.definition)).map(surveyRules),
  }
}

function surveyRules({ surveyId, version, definition }: SurveyVersion): SurveyRules {
  const { key, triggers, cancelOn, urls, audience, locales, sample, frequency, hours } = definition
  const { kind, position } = definition.display
  const display = {
    ...(kind !== 'popover' && { kind }),
    ...(position && position !== 'bottom-end' && { position }),
  }
  return {
    id: surveyId,
    version,
    key,
    triggers,
    ...(cancelOn && cancelOn.length > 0 && { cancelOn }),
    ...(urls && { urls }),
    ...(audience && Object.keys(audience).length > 0 && { audience }),
    locales,
    ...(sample !== undefined && sample !== 1 && { sample }),
    ...(frequency !== undefined && frequency !== 'once' && { frequency }),
    ...(hours && { hours }),
    ...schedule(definition),
    ...(Object.keys(display).length > 0 && { display }),
  }
}

function schedule({ startAt, endAt }: SurveyDefinition): Pick<SurveyRules, 'startMs' | 'endMs'> {
  return {
    ...(startAt && { startMs: Date.parse(startAt) }),
    ...(endAt && { endMs: Date.parse(endAt) }),
  }
}
