import {
  defaultFrequencies,
  type Project,
  type ProjectRules,
  type SurveyDefinition,
  type SurveyRules,
} from '@heed/contract'
import { inOrderOfPriority, panelParts } from '@heed/targeting'

/** What of a published version, or of a draft, becomes rules. */
export interface RulesSource {
  surveyId: string
  version: number
  definition: SurveyDefinition
}

/**
 * What the loader decides with: rules without texts, members at their default left out, because every page view
 * of the shop pays for each byte. A paused project has no surveys.
 */
export function projectRules(
  project: Pick<Project, 'status' | 'settings'>,
  live: readonly RulesSource[],
  ticket?: string,
): ProjectRules {
  if (project.status === 'paused') return { surveys: [] }
  const { cooldownDays, onePerSession, protectedUrls, queryKeys, collect, adapters, redaction } =
    project.settings
  return {
    ...(cooldownDays > 0 && { cooldownDays }),
    ...(!onePerSession && { onePerSession }),
    ...(protectedUrls.length > 0 && { protectedUrls }),
    ...(queryKeys.length > 0 && { queryKeys }),
    ...(collect && collect.length > 0 && { collect }),
    ...(adapters && adapters.length > 0 && { adapters }),
    ...(redaction && Object.keys(redaction).length > 0 && { redaction }),
    ...(ticket && { ticket }),
    // In the order in which they are asked when the moment of several has come: whoever walks the list has the first.
    surveys: live.toSorted((a, b) => inOrderOfPriority(a.definition, b.definition)).map(surveyRules),
  }
}

function surveyRules({ surveyId, version, definition }: RulesSource): SurveyRules {
  const { key, triggers, cancelOn, urls, audience, locales, sample, hours } = definition
  const { kind, position, selector } = definition.display
  const frequency = definition.frequency ?? defaultFrequencies[kind]
  const parts = panelParts(definition)
  const display = {
    ...(kind !== 'popover' && { kind }),
    ...(position && position !== 'bottom-end' && { position }),
    ...(selector && { selector }),
  }
  return {
    id: surveyId,
    version,
    key,
    // It has a page of its own, so nothing on the shop's pages opens it but code.
    triggers: kind === 'page' ? [{ on: 'manual' }] : triggers,
    ...(cancelOn && cancelOn.length > 0 && { cancelOn }),
    ...(urls && { urls }),
    ...(audience && Object.keys(audience).length > 0 && { audience }),
    locales,
    ...(sample !== undefined && sample !== 1 && { sample }),
    ...(frequency !== undefined && frequency !== 'once' && { frequency }),
    ...(hours && { hours }),
    ...schedule(definition),
    ...(Object.keys(display).length > 0 && { display }),
    ...(parts.length > 0 && { parts }),
  }
}

function schedule({ startAt, endAt }: SurveyDefinition): Pick<SurveyRules, 'startMs' | 'endMs'> {
  return {
    ...(startAt && { startMs: Date.parse(startAt) }),
    ...(endAt && { endMs: Date.parse(endAt) }),
  }
}
