import type {
  AnswerValue,
  FunnelReport,
  Metric,
  MetricsReport,
  Question,
  ResponseRecord,
  Score,
  Survey,
} from '@heed/contract'
import type { HeedApi } from './heed-api.ts'

/** Below this many answers a score says more about chance than about the shop, and is not shown. */
const leastAnswers = 10

/** A score as far as it may be shown: null below `leastAnswers`, grey (`low`) below 30, never without `n`. */
type ShownScore = Pick<Score, 'score' | 'interval' | 'n' | 'confidence'>

interface Card {
  key: string
  name: string
  purpose: string
  metric: Metric
  /** The scored question, in the survey's first language. */
  question: string
  score: ShownScore
  counts: Record<string, number>
  funnel: [state: string, count: number][]
  responseRate: ShownScore
}

interface Answer {
  id: string
  survey: string
  metric: Metric | null
  /** The scored answer as it was given. */
  value: number | string | null
  /** The other answers with their questions. `said` is a visitor's own words: text, never markup. */
  parts: { question: string; said: string; own: boolean }[]
  locale: string
  device: string | null
  country: string | null
  receivedAt: string
  completed: boolean
}

/** Everything that the page shows. No key is in it but the public one. */
export interface Board {
  publicKey: string
  cards: Card[]
  answers: Answer[]
}

const order: readonly Metric[] = ['nps', 'csat', 'ces', 'gcr']

const shown = ({ score, interval, n, confidence }: Score): ShownScore =>
  n < leastAnswers
    ? { score: null, interval: null, n, confidence: 'none' }
    : { score, interval, n, confidence }

const scoredQuestion = ({ questions }: Survey): (Question & { metric: Metric }) | undefined =>
  questions.find(
    (question): question is Question & { metric: Metric } => 'metric' in question && Boolean(question.metric),
  )

const wording = (text: Record<string, string> | undefined, locale: string): string =>
  text?.[locale] ?? text?.en ?? Object.values(text ?? {})[0] ?? ''

function card(
  survey: Survey,
  question: Question & { metric: Metric },
  metrics: MetricsReport,
  funnel: FunnelReport,
): Card {
  return {
    key: survey.key,
    name: survey.name,
    purpose: survey.purpose ?? '',
    metric: question.metric,
    question: wording(question.text, survey.locales[0] ?? 'en'),
    score: shown(metrics),
    counts: metrics.counts,
    funnel: (['shown', 'seen', 'started', 'answered', 'completed'] as const).map((state) => [
      state,
      funnel.counts[state],
    ]),
    responseRate: shown(funnel.responseRate),
  }
}

/** An answer in words: an option's wording for its key, a visitor's own words as they are. */
function inWords(question: Question, value: AnswerValue): { said: string; own: boolean }[] {
  const options = 'options' in question ? question.options : []
  const label = (key: string): string =>
    wording(options.find((option) => option.key === key)?.text, 'en') || key
  if (typeof value === 'string')
    return [options.length ? { said: label(value), own: false } : { said: value, own: true }]
  if (Array.isArray(value)) return [{ said: value.map(label).join(', '), own: false }]
  if (typeof value !== 'object') return [{ said: String(value), own: false }]
  const chosen =
    'keys' in value && value.keys.length ? [{ said: value.keys.map(label).join(', '), own: false }] : []
  return value.other ? [...chosen, { said: value.other, own: true }] : chosen
}

function answer(response: ResponseRecord, survey: Survey | undefined): Answer {
  const scored = survey && scoredQuestion(survey)
  const value = scored && response.answers[scored.key]
  const others =
    survey?.questions.filter(({ key }) => key !== scored?.key && response.answers[key] !== undefined) ?? []
  return {
    id: response.id,
    survey: survey?.name ?? response.surveyKey,
    metric: scored?.metric ?? null,
    value: typeof value === 'number' || typeof value === 'string' ? value : null,
    parts: others.flatMap((question) =>
      inWords(question, response.answers[question.key] ?? '').map((part) => ({
        question: wording(question.text, 'en'),
        ...part,
      })),
    ),
    locale: response.locale,
    device: response.context.device ?? null,
    country: response.country,
    receivedAt: response.receivedAt,
    completed: response.completed,
  }
}

/** One look at the project: its scored surveys and the newest answers. */
export async function readBoard(api: HeedApi): Promise<Board> {
  const [project, surveys, page] = await Promise.all([api.project(), api.surveys(), api.responses(20)])
  const cards = await Promise.all(
    surveys
      .filter(({ status }) => status !== 'archived')
      .map(async (survey) => {
        const question = scoredQuestion(survey)
        if (!question) return []
        const [metrics, funnel] = await Promise.all([
          api.metrics(survey.id, question.metric),
          api.funnel(survey.id),
        ])
        return [card(survey, question, metrics, funnel)]
      }),
  )
  const bySurvey = new Map(surveys.map((survey) => [survey.id, survey]))
  return {
    publicKey: project.publicKey,
    cards: cards.flat().sort((one, other) => order.indexOf(one.metric) - order.indexOf(other.metric)),
    answers: page.data.map((response) => answer(response, bySurvey.get(response.surveyId))),
  }
}
