import type { ProjectRules, SurveyRules, Trigger } from '@heed/contract'
import { type Facts, judge, type Verdict } from '@heed/targeting'
import type { Explanation, TriggerExplanation } from './api-types.ts'
import type { NamedTrigger } from './keeper-interface.ts'
import { stringify } from './stringify.ts'

/** What the keeper knows of the page. */
export interface Known {
  rules: ProjectRules
  facts: Facts
  /** Names of the page events heard since the page was loaded, in order. */
  heard: readonly string[]
  /** How often a trigger that is no event has fired since then. */
  fires: (trigger: Trigger) => number
}

/** The only export of the part `explain`. */
export interface ExplainModule {
  explain(known: Known, surveyKey?: string): Explanation[]
}

/** Longest list of names in one line. */
const maxNames = 20

const inWords = ({ rule, value, wants }: Verdict) =>
  `${rule}: is ${stringify(value) ?? 'missing'}, wants ${stringify(wants)}`

const explainTrigger = (trigger: NamedTrigger, { heard, fires }: Known): TriggerExplanation => {
  const { name } = trigger
  const times = name ? heard.filter((one) => one === name).length : fires(trigger)
  if (!name || times) return { trigger, heard: times }
  const names = [...new Set(heard)]
  const others = `${names.slice(0, maxNames).join(', ') || 'none'}${names.length > maxNames ? ', ...' : ''}`
  return {
    trigger,
    heard: times,
    note: `no page event "${name}" was heard on this page; heard: ${others}`,
  }
}

const explainSurvey = (survey: SurveyRules, known: Known): Explanation => {
  const verdicts = judge(known.rules, survey, known.facts)
  const against = verdicts.filter(({ pass }) => !pass)
  const triggers = survey.triggers.map((trigger) => explainTrigger(trigger, known))
  return {
    surveyKey: survey.key,
    mayShow: !against.length,
    rules: verdicts,
    triggers,
    why: [...against.map(inWords), ...triggers.flatMap(({ note = [] }) => note)],
  }
}

export const explain: ExplainModule['explain'] = (known, surveyKey) =>
  known.rules.surveys
    .filter(({ key }) => !surveyKey || key === surveyKey)
    .map((survey) => explainSurvey(survey, known))
