import type { DisplayState } from './events.ts'
import type { RefusalCode, ResponseContext } from './ingest.ts'
import type { AnswerValue, Metric } from './survey.ts'
import type { Suspicion } from './suspicion.ts'

/** 95 % interval; percentage points. */
export type Interval = [lo: number, hi: number]

/** How a score may be shown: below 10 answers not at all, to 29 with care. */
export type Confidence = 'none' | 'low' | 'ok'

/**
 * A score with what it rests on. NPS: points from -100 to 100, an integer. CSAT, CES, GCR: percent, one decimal.
 * `score` and `interval` are null without answers.
 */
export interface Score {
  score: number | null
  interval: Interval | null
  /** Scored answers; never dismissals. */
  n: number
  confidence: Confidence
}

export interface MetricsReport extends Score {
  survey: string
  question: string
  metric: Metric
  from: string | null
  to: string | null
  /** Answers by class: promoters, passives, detractors; satisfied, neutral, dissatisfied; agree, neutral, disagree; yes, partly, no. */
  counts: Record<string, number>
  /** Answers by value, `"0"` to `"10"` for NPS. */
  histogram: Record<string, number>
  /** Arithmetic mean of the values; null without answers and for GCR. */
  mean: number | null
  series?: ({ at: string; counts: Record<string, number> } & Score)[]
  groups?: ({ value: string | null; counts: Record<string, number> } & Score)[]
}

/** How many displays reached each state, and the share that was answered. */
export interface FunnelCounts {
  counts: Record<Exclude<DisplayState, 'eligible'>, number>
  /** Answered of shown, percent, with its interval. */
  responseRate: Score
}

export interface FunnelReport extends FunnelCounts {
  survey: string
  from: string | null
  to: string | null
  groups?: ({ value: string | null } & FunnelCounts)[]
  /** Answers that devices reported lost, by reason. */
  losses: Record<string, number>
}

export interface ResponseRecord {
  id: string
  surveyId: string
  surveyKey: string
  version: number
  seq: number
  receivedAt: string
  occurredAt: string
  updatedAt: string
  locale: string
  country: string | null
  visitor: string | null
  subject: string | null
  subjectVerified: boolean
  completed: boolean
  answers: Record<string, AnswerValue>
  timing: Record<string, number>
  context: ResponseContext
  tags: string[]
  note: string | null
  excluded: boolean
  test: boolean
  suspicion: Suspicion
  /** Left out of numbers unless they are asked for: by its score, or because a person said so. */
  suspicious: boolean
  /** The same visitor answered this survey again in the same round, and that answer counts. */
  superseded: boolean
  /** There is a picture of the page at `.../responses/{id}/screenshot`. */
  screenshot?: boolean
}

/** A page event that some page of the project has sent. */
export interface HeardEvent {
  name: string
  firstSeenAt: string
}

export interface ResponsePage {
  data: ResponseRecord[]
  /** Pass as `cursor` for the next page; null at the end. */
  nextCursor: string | null
}

/** An item that ingest refused for its content. */
export interface RejectRecord {
  id: string
  receivedAt: string
  reason: RefusalCode
  /** The reason in words, as the page was told. */
  detail: string
  /** Version of the sender. */
  sdk: string
  /** What the item says it is. */
  kind: 'response' | 'display' | 'loss' | null
  /** As the item names it; there need not be such a survey. */
  surveyId: string | null
  /** The item as JSON, without personal data and without whose it was, at most 4 KiB: a longer one is cut and no JSON. */
  item: string
}

export interface RejectPage {
  data: RejectRecord[]
  nextCursor: string | null
  /** How many of the kept ones there are, whatever the filter: by reason, and by version of the sender. */
  counts: { reasons: Record<string, number>; sdks: Record<string, number> }
}
