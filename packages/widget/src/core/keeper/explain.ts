import type { SurveyRules } from '@heed/contract'
import { judge, type Verdict } from '@heed/targeting'
import type { TriggerExplanation } from '../api-types.ts'
import type { Keeper, NamedTrigger } from '../keeper-interface.ts'
import { stringify } from '../stringify.ts'
import { facts } from './facts.ts'
import { heard, rules } from './link.ts'
import { fires } from './watch.ts'

/** Longest list of names in one line. */
const maxNames = 20

const inWords = ({ rule, value, wants }: Verdict) =>
  `${rule}: is ${stringify(value) ?? 'missing'}, wants ${stringify(wants)}`

const explainTrigger = (trigger: NamedTrigger): TriggerExplanation => {
  const { name } = trigger
  const times = name ? heard.filter((one) => one === name).length : (fires.get(trigger) ?? 0)
  const names = [...new Set(heard)]
  const others = `${names.slice(0, maxNames).join(', ') || 'none'}${names.length > maxNames ? ', ...' : ''}`
  const note = name && !times ? `no page event "${name}" was heard on this page; heard: ${others}` : undefined
  return { trigger, heard: times, ...(note && { note }) }
}

const explainSurvey = (survey: SurveyRules) => {
  const verdicts = judge(rules, survey, facts())
  const against = verdicts.filter(({ pass }) => !pass)
  const triggers = survey.triggers.map(explainTrigger)
  return {
    surveyKey: survey.key,
    mayShow: !against.length,
    rules: verdicts,
    triggers,
    why: [...against.map(inWords), ...triggers.flatMap(({ note = [] }) => note)],
  }
}

export const explain: Keeper['explain'] = (surveyKey) =>
  rules.surveys.filter(({ key }) => !surveyKey || key === surveyKey).map(explainSurvey)
