import type { ProjectSettings, SurveyDefinition } from '@heed/contract'
import { eventMatches, type Facts, judge } from '@heed/targeting'
import type { Explanation } from '../core/api-types.ts'
import { toPageEvent } from '../core/keeper/page-event.ts'
import type { EventArguments, EventName } from '../npm/page-events.ts'
import { rulesOf } from './rules-of.ts'

/** A visitor on a page; whatever is left out is as on a first visit, now, with nothing told. */
export interface Visitor extends Partial<Omit<Facts, 'nowMs'>> {
  /** @default now */
  now?: Date
  /** What the project says for all its surveys: cool-down, protected pages... */
  settings?: Partial<ProjectSettings>
}

/**
 * Every rule of a survey with what it sees and its verdict, as `explain()` tells it on a page: whether this visitor
 * would meet it here and now, and if not, why not. Triggers are no rules; see `opensOn`.
 */
export function explainSurvey(
  definition: SurveyDefinition,
  visitor: Visitor = {},
): Pick<Explanation, 'surveyKey' | 'mayShow' | 'rules'> {
  const { now = new Date(), settings, ...given } = visitor
  const facts: Facts = {
    url: 'https://shop.example/',
    nowMs: now.getTime(),
    seed: 'visitor',
    memory: {},
    sessionShown: false,
    context: {},
    ...given,
  }
  const rules = rulesOf([definition], settings)
  const verdicts = rules.surveys.flatMap((survey) => judge(rules, survey, facts))
  return { surveyKey: definition.key, mayShow: verdicts.every(({ pass }) => pass), rules: verdicts }
}

/** Whether `track()` with this event opens the moment of a survey, its rules aside. */
export const opensOn = <Name extends EventName>(
  { triggers }: SurveyDefinition,
  name: Name,
  ...[properties]: EventArguments<Name>
): boolean => {
  const event = toPageEvent(name, properties as Record<string, unknown> | undefined, true)
  return triggers.some((trigger) => trigger.on === 'event' && eventMatches(trigger, event))
}
