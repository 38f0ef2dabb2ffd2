import type { NextRule, Question, SurveyDefinition } from '@heed/contract'
import { surveyDefinitionSchema } from '@heed/contract/schema'
import { explainShape, type ShapeError } from '../explain-shape.ts'
import { conditionErrors, operatorErrors } from './condition-errors.ts'
import { supportErrors } from './support-errors.ts'
import { textErrors } from './text-errors.ts'

/**
 * Every reason why a definition cannot be published, none when it can. A draft may be unfinished; what is
 * published runs in every page of a shop, where nobody sees an error.
 */
export function publishErrors(definition: SurveyDefinition): ShapeError[] {
  const shape = explainShape(surveyDefinitionSchema, definition)
  if (shape.length > 0) return shape
  return [
    ...questionErrors(definition.questions),
    ...textErrors(definition),
    ...targetingErrors(definition),
    ...supportErrors(definition),
  ]
}

function questionErrors(questions: readonly Question[]): ShapeError[] {
  const keys = questions.map((question) => question.key)
  const metrics = questions.map((question) => ('metric' in question ? question.metric : undefined))
  return questions.flatMap((question, index) => {
    const path = `questions.${index}`
    const errors = [...nextErrors(question.next ?? [], index, keys), ...textBranchErrors(question, path)]
    if (keys.indexOf(question.key) !== index) {
      errors.push({ path: `${path}.key`, message: `another question has the key "${question.key}"` })
    }
    if (question.key === 'end') {
      errors.push({ path: `${path}.key`, message: '"end" names the ending in `next`; choose another key' })
    }
    const metric = metrics[index]
    if (metric && metrics.indexOf(metric) !== index) {
      const message = `another question feeds ${metric} already; a survey has one score of each kind`
      errors.push({ path: `${path}.metric`, message })
    }
    if ('options' in question) errors.push(...optionErrors(question, path))
    return errors
  })
}

/** Words cannot be listed beforehand as the values of a scale can, and the panel only looks up where answers lead. */
function textBranchErrors({ kind, next = [] }: Question, path: string): ShapeError[] {
  if (kind !== 'text') return []
  return next.flatMap(({ when = {} }, at) =>
    Object.keys(when).some((operator) => operator !== '$exists')
      ? [{ path: `${path}.next.${at}.when`, message: 'a text can only be asked for `$exists`' }]
      : [],
  )
}

function nextErrors(next: readonly NextRule[], index: number, keys: readonly string[]): ShapeError[] {
  return next.flatMap(({ when, go }, at) => {
    const path = `questions.${index}.next.${at}`
    const errors = when === undefined ? [] : operatorErrors(when, `${path}.when`)
    const target = keys.indexOf(go)
    if (go !== 'end' && target < 0)
      errors.push({ path: `${path}.go`, message: `there is no question "${go}"` })
    if (target >= 0 && target <= index) {
      errors.push({
        path: `${path}.go`,
        message: `"${go}" comes no later than this question; a survey only goes forward`,
      })
    }
    return errors
  })
}

function optionErrors(
  question: Extract<Question, { kind: 'single' | 'multiple' }>,
  path: string,
): ShapeError[] {
  const keys = question.options.map((option) => option.key)
  const errors = keys.flatMap((key, at) =>
    keys.indexOf(key) === at
      ? []
      : [{ path: `${path}.options.${at}.key`, message: `another option has the key "${key}"` }],
  )
  const { min = 0, max = keys.length + 1 } = question.kind === 'multiple' ? question : {}
  if (min > max) errors.push({ path: `${path}.min`, message: `cannot be above max (${max})` })
  return errors
}

function targetingErrors({ triggers, urls, audience, startAt, endAt }: SurveyDefinition): ShapeError[] {
  const errors = triggers.flatMap((trigger, index) =>
    'where' in trigger && trigger.where ? conditionErrors(trigger.where, `triggers.${index}.where`) : [],
  )
  if (audience) errors.push(...conditionErrors(audience, 'audience'))
  for (const list of ['include', 'exclude'] as const) {
    for (const [index, pattern] of (urls?.[list] ?? []).entries()) {
      const message = urlPatternError(pattern)
      if (message) errors.push({ path: `urls.${list}.${index}`, message })
    }
  }
  if (startAt && endAt && Date.parse(endAt) <= Date.parse(startAt)) {
    errors.push({ path: 'endAt', message: 'is not after startAt; the survey would never be open' })
  }
  return errors
}

/** Why a pattern can never fit an address, undefined when it can. Project settings use it too. */
export function urlPatternError(pattern: string): string | undefined {
  if (/\s/.test(pattern)) return 'contains a space, which no address has; write %20'
  if (pattern.includes('#')) return 'contains "#", and what follows it is ignored in addresses; leave it out'
  if (!/^(\*|\/|https?:\/\/)/i.test(pattern)) {
    return `begins neither at the scheme nor at the path; write "*${pattern}", "/${pattern}" or "https://..."`
  }
  return undefined
}
