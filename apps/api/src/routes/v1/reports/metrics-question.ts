import type { Metric, Question, SurveyDefinition } from '@heed/contract'
import { ProblemError } from '../../../errors.ts'

/** The question that a report is about, and what it feeds. */
export interface ScoredQuestion {
  question: string
  metric: Metric
}

/**
 * By question, by metric, or neither when the survey has one score.
 * @throws {ProblemError} `invalid_request`, naming what there is
 */
export function chooseQuestion(
  { questions }: Pick<SurveyDefinition, 'questions'>,
  wanted: { question?: string; metric?: Metric },
): ScoredQuestion {
  const scored = questions.flatMap((question) => asScored(question))
  const fitting = scored.filter(
    ({ question, metric }) =>
      (wanted.question === undefined || question === wanted.question) &&
      (wanted.metric === undefined || metric === wanted.metric),
  )
  const [only] = fitting
  if (only && fitting.length === 1) return only
  const known = scored.map(({ question, metric }) => `${question} (${metric})`).join(', ') || 'none'
  const detail = only
    ? `query.metric: the survey has several scores; choose one of ${known}`
    : `query.question, query.metric: the survey has no such score; it has ${known}`
  throw new ProblemError('invalid_request', detail)
}

function asScored(question: Question): ScoredQuestion[] {
  return 'metric' in question && question.metric ? [{ question: question.key, metric: question.metric }] : []
}
