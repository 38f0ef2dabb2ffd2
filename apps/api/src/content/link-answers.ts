import type { AnswerValue, Question, SurveyDefinition } from '@heed/contract'
import { compileAnswerChecks } from '../ingest/answer-checks.ts'

/**
 * Answers that a link brings along, `?nps=9`, as far as they fit the survey; the rest of the address is not ours. Words,
 * addresses and consent are the visitor's to give, never a link's.
 */
export function linkAnswers(
  definition: Pick<SurveyDefinition, 'questions'>,
  query: Readonly<Record<string, unknown>>,
): Record<string, AnswerValue> {
  const { check } = compileAnswerChecks(definition)
  const answers: Record<string, AnswerValue> = {}
  for (const question of definition.questions) {
    const given = query[question.key]
    const answer = typeof given === 'string' ? read(question, given) : undefined
    if (answer !== undefined && !check({ [question.key]: answer })) answers[question.key] = answer
  }
  return answers
}

function read({ kind }: Question, given: string): AnswerValue | undefined {
  switch (kind) {
    case 'nps':
    case 'csat':
    case 'ces':
    case 'rating':
      return /^\d{1,2}$/.test(given) ? Number(given) : undefined
    case 'gcr':
    case 'thumbs':
    case 'single':
      return given
    case 'multiple':
      return given.split(',')
    default:
      return undefined
  }
}
