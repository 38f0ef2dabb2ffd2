import { judge } from '@heed/targeting'
import type { Keeper } from '../keeper-interface.ts'
import { facts } from './facts.ts'
import { rules } from './link.ts'

export const explain: Keeper['explain'] = (surveyKey) =>
  rules.surveys
    .filter(({ key }) => !surveyKey || key === surveyKey)
    .map((survey) => {
      const verdicts = judge(rules, survey, facts())
      return { surveyKey: survey.key, mayShow: verdicts.every(({ pass }) => pass), rules: verdicts }
    })
