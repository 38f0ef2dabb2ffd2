import type { AnswerValue, Device, LossReason, ResponseContext, SuspicionReason } from '@heed/contract'

// What ingest hands to `storeBatch`. Responses travel to PostgreSQL as response-columns.ts says, the others as one JSON text
// each kind, member names as here.

/** One validated response. Texts must fit their columns (see migration 0001): a longer one is a data error. */
export interface ResponseRow {
  projectId: string
  /** UUID in canonical lower case. */
  id: string
  surveyId: string
  surveyVersion: number
  seq: number
  /** Milliseconds between the answer and now, already clamped; `occurred_at` is the database's now minus this. */
  ageMs: number
  locale: string
  device?: Device | null
  /** ISO 3166-1 alpha-2 */
  country?: string | null
  /** Origin and path, at most 1024 characters. */
  page?: string | null
  /** Name of the page event, at most 128 characters. */
  event?: string | null
  trigger?: string | null
  visitor?: string | null
  subject?: string | null
  subjectVerified: boolean
  completed: boolean
  nps?: number | null
  csat?: number | null
  ces?: number | null
  /** no 0, partly 1, yes 2 */
  gcr?: number | null
  answers: Record<string, AnswerValue>
  /** Keys of the answers that are free texts, which search finds. @default none, but "other" always is */
  textKeys?: readonly string[]
  timing: Record<string, number>
  context: ResponseContext
  test: boolean
  /** 0 to 100. @default 0 */
  suspicion?: number | undefined
  suspicionReasons?: readonly SuspicionReason[] | undefined
}

/** One or more states that a display reached. */
export interface DisplayRow {
  projectId: string
  /** UUID in canonical lower case; the id its response has or would have. */
  id: string
  surveyId: string
  surveyVersion: number
  /** From `displayStateBits`. */
  states: number
  locale?: string | null
  device?: Device | null
  country?: string | null
  page?: string | null
  event?: string | null
  test: boolean
  /** @default false */
  suspicious?: boolean | undefined
}

/** Answers that one device lost. */
export interface LossRow {
  projectId: string
  /** UUID; a repeated send with the same one is stored once. */
  id: string
  reason: LossReason
  count: number
}
