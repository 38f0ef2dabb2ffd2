import type { Device, DisplayState, PageEvent } from './events.ts'
import type { AnswerValue } from './survey.ts'

/** What the page told us with the answer. Nothing else is ever collected. */
export interface ResponseContext {
  /** Origin and path, plus the project's allow-listed query keys. */
  url?: string
  /** Only where the project collects it. */
  title?: string
  /** The page's own language, BCP 47. */
  language?: string
  /** Origin only. */
  referrer?: string
  referrerClass?: ReferrerClass
  /** `utm_` tags without their prefix, of this page's own address, only where the project collects them. */
  campaign?: Partial<Record<CampaignTag, string>>
  device?: Device
  /** CSS pixels. */
  viewport?: [width: number, height: number]
  /** IANA name; the server derives the country from it when no proxy tells one. */
  timeZone?: string
  /** Visits so far and pages in this one, as far as this browser may remember; both count this one. */
  visits?: number
  pages?: number
  /** Milliseconds from the beginning of the page view to the display. */
  waitedMs?: number
  /** What opened the moment. */
  trigger?: string
  /** By what an `exit` was noticed: only a mouse's is a certain one. */
  exitSign?: ExitSign
  event?: PageEvent
  product?: Record<string, unknown>
  cart?: Record<string, unknown>
  order?: Record<string, unknown>
  page?: Record<string, unknown>
  attributes?: Record<string, unknown>
  variant?: Record<string, string>
}

export const referrerClasses = ['direct', 'internal', 'search', 'social', 'other'] as const
export type ReferrerClass = (typeof referrerClasses)[number]

export const campaignTags = ['source', 'medium', 'campaign', 'term', 'content', 'id'] as const
export type CampaignTag = (typeof campaignTags)[number]

/** A pointer that leaves through the top; on touch a fast scroll up, a return to the tab, a long rest. */
export const exitSigns = ['pointer', 'scroll', 'return', 'idle'] as const
export type ExitSign = (typeof exitSigns)[number]

/** One visitor's answers to one display. Each answer sends the whole set again with a higher `seq`. */
export interface ResponseItem {
  type: 'response'
  /** UUIDv7 made in the browser: the capability to extend this one response. */
  id: string
  /** From 1, rising. */
  seq: number
  surveyId: string
  /** 0 is the draft; only with a `preview` of it. */
  version: number
  locale: string
  /** Milliseconds since the answer was given, at the moment of sending. */
  ageMs?: number
  /** Milliseconds since the survey was shown; lets an answer begun before a survey closed still arrive. */
  displayAgeMs?: number
  visitor?: string | null
  subject?: string | null
  answers: Record<string, AnswerValue>
  completed?: boolean
  /** Milliseconds since the display was shown. */
  timing?: Record<string, number>
  context?: ResponseContext
  /** Preview and rehearsal answers: stored apart, never counted. */
  test?: boolean
}

/** A display reached a state. Has the id that its response has or would have. */
export interface DisplayItem {
  type: 'display'
  id: string
  surveyId: string
  version: number
  state: DisplayState
  ageMs?: number
  locale?: string
  visitor?: string | null
  context?: ResponseContext
  test?: boolean
}

export const lossReasons = ['quota', 'storage', 'expired', 'refused', 'tooLarge', 'attempts', 'full'] as const
export type LossReason = (typeof lossReasons)[number]

/** Answers a device lost, counted by reason; travels with the next accepted request. */
export interface LossItem {
  type: 'loss'
  /** UUIDv7; makes a repeated send harmless. */
  id?: string
  reason: LossReason
  count: number
}

export type IngestItem = ResponseItem | DisplayItem | LossItem

/** `POST /v1/ingest/{publicKey}` */
export interface IngestRequest {
  /** Version of the sender. */
  sdk: string
  items: IngestItem[]
  /** Names of the page events this page has heard, so that a trigger on a name nobody sends can be told. */
  events?: string[]
  /** Signed token of a preview link; everything in such a request is a test. */
  preview?: string
  /** From the rules of this page view. Without one, or with one that is no good, answers are stored all the same. */
  ticket?: string | undefined
}

export const refusalCodes = [
  'invalid_item',
  'unknown_survey',
  'unknown_version',
  'survey_closed',
  'unknown_question',
  'invalid_answer',
  'forbidden_character',
  'data_error',
] as const
export type RefusalCode = (typeof refusalCodes)[number]

/** What became of one item, in the order of the request. An item without its echo is not acknowledged. */
export interface ItemAck {
  id?: string
  seq?: number
  state?: DisplayState
  status: 'stored' | 'duplicate' | 'refused'
  code?: RefusalCode
  /** Names the place and the fix: `answers.nps: expected an integer from 0 to 10, got 11`. */
  detail?: string
}

export interface IngestReply {
  items: ItemAck[]
}
