import type { NextRule, Question, SurveyDefinition, Trigger } from '@heed/contract'
import { surveyDefinitionSchema } from '@heed/contract/schema'
import { listsAnswers } from '@heed/widget/content'
import { explainShape, type ShapeError } from '../explain-shape.ts'
import { conditionErrors, operatorErrors } from './condition-errors.ts'
import { displayErrors } from './display-errors.ts'
import { placeholderErrors } from './placeholder-errors.ts'
import { selectorError } from './selector-error.ts'
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
    ...displayErrors(definition.display),
    ...placeholderErrors(definition),
  ]
}

function questionErrors(questions: readonly Question[]): ShapeError[] {
  const keys = questions.map((question) => question.key)
  const metrics = questions.map((question) => ('metric' in question ? question.metric : undefined))
  return questions.flatMap((question, index) => {
    const path = `questions.${index}`
    const errors = [...nextErrors(question.next ?? [], index, keys), ...branchErrors(question, path)]
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
    if (question.required && (question.kind === 'link' || question.kind === 'message')) {
      const message = `a ${question.kind} takes no answer, so none can be required; leave it out`
      errors.push({ path: `${path}.required`, message })
    }
    if (question.kind === 'link' && !URL.canParse(question.url)) {
      errors.push({
        path: `${path}.url`,
        message: 'is no address; write for instance https://shop.example/help',
      })
    }
    if ('options' in question) errors.push(...optionErrors(question, path))
    return errors
  })
}

/** What has no end of different answers cannot be listed beforehand, and the panel only looks up where answers lead. */
function branchErrors(question: Question, path: string): ShapeError[] {
  if (listsAnswers(question)) return []
  return (question.next ?? []).flatMap(({ when = {} }, at) =>
    Object.keys(when).some((operator) => operator !== '$exists')
      ? [
          {
            path: `${path}.next.${at}.when`,
            message: `a question of the kind ${question.kind} can only be asked for \`$exists\``,
          },
        ]
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
  const choices = keys.length + (question.other ? 1 : 0)
  const { min = 0, max = choices } = question.kind === 'multiple' ? question : {}
  if (min > choices) {
    errors.push({ path: `${path}.min`, message: `cannot be above the number of choices (${choices})` })
  } else if (min > max) errors.push({ path: `${path}.min`, message: `cannot be above max (${max})` })
  return errors
}

function targetingErrors({ triggers, urls, audience, startAt, endAt }: SurveyDefinition): ShapeError[] {
  const errors = triggers.flatMap((trigger, index) => triggerErrors(trigger, `triggers.${index}`))
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

function triggerErrors(trigger: Trigger, path: string): ShapeError[] {
  if ('where' in trigger && trigger.where) return conditionErrors(trigger.where, `${path}.where`)
  if ('selector' in trigger) {
    const message = selectorError(trigger.selector)
    return message ? [{ path: `${path}.selector`, message }] : []
  }
  if (trigger.on === 'nth' && trigger.what === 'event' && !trigger.name) {
    return [{ path: `${path}.name`, message: 'missing; which event is to be counted' }]
  }
  return []
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
