import { randomUUID } from 'node:crypto'
import type {
  DisplayItem,
  ItemAck,
  LossItem,
  Project,
  RefusalCode,
  ResponseContext,
  ResponseItem,
} from '@heed/contract'
import { displayStates, growthWindowMs, maxAgeMs } from '@heed/contract'
import { type DisplayRow, displayStateBits, type LossRow, type ResponseRow } from '@heed/db'
import type { Redact } from '@heed/redaction'
import { redactAnswers } from '@heed/redaction'
import type { MissingVersion } from '../directory/survey-directory.ts'
import { countryOfTimeZone } from './country.ts'
import type { FoundVersion } from './find-versions.ts'
import { findForbiddenCharacter } from './forbidden-characters.ts'
import { describeShape, isDisplayItem, isLossItem, isResponseItem } from './item-shapes.ts'
import { redactContext } from './redact-context.ts'
import { reduceContext } from './reduce-context.ts'
import { pageOf } from './reduce-url.ts'

/** A checked item, on its way into the database. */
export type IngestRow =
  | { kind: 'response'; row: ResponseRow }
  | { kind: 'display'; row: DisplayRow }
  | { kind: 'loss'; row: LossRow }

/** Where an item came from. */
export interface ItemOrigin {
  project: Project
  /** As the project wants it. */
  redact: Redact
  /** From a trusted proxy; null leaves it to the time zone. */
  country: string | null
  /** Whether the body can hold characters that PostgreSQL cannot store. */
  mayBeUnstorable: boolean
  /** `performance.now()` */
  nowMs: number
  /** It comes from a preview: everything is a test, and `version` 0 is the draft. */
  isPreview: boolean
}

export type ReadItem = { refusal: ItemAck } | { ack: Omit<ItemAck, 'status'>; row: IngestRow }

/** Answers without a claim of when the display began are given the time it takes to answer. */
const answeringMs = 60_000
/** Later states of a display that began before the survey closed. */
const displayGraceMs = 30 * 60_000

/** One item of a request, checked against its survey version: a row for the database, or the reason it is none. */
export function readItem(item: unknown, known: FoundVersion, origin: ItemOrigin): ReadItem {
  if (origin.mayBeUnstorable) {
    const place = findForbiddenCharacter(item)
    if (place !== undefined) {
      const detail = `${place}: contains NUL or half of a surrogate pair, which no text may`
      return refuse(item, 'forbidden_character', detail)
    }
  }
  if (isResponseItem(item)) return readResponse(item, known, origin)
  if (isDisplayItem(item)) return readDisplay(item, known, origin)
  if (isLossItem(item)) return readLoss(item, origin)
  return refuse(item, 'invalid_item', describeShape(item))
}

function readResponse(item: ResponseItem, known: FoundVersion, origin: ItemOrigin): ReadItem {
  if (typeof known !== 'object') return refuseUnknown(item, known ?? 'unknown_survey')
  const closedForMs = origin.nowMs - known.closedMs
  const isLate = (item.displayAgeMs ?? -1) < closedForMs && (item.ageMs ?? 0) < closedForMs + answeringMs
  if (closedForMs > 0 && (isLate || closedForMs > maxAgeMs)) return refuseClosed(item)
  const wrong = known.checks.check(item.answers)
  if (wrong) return refuse(item, wrong.code, wrong.detail)
  const context = contextOf(item, origin)
  const row: ResponseRow = {
    projectId: origin.project.id,
    id: item.id,
    surveyId: item.surveyId,
    surveyVersion: item.version,
    seq: item.seq,
    ageMs: clampAge(item.ageMs),
    locale: item.locale,
    device: context.device ?? null,
    country: origin.country ?? countryOfTimeZone(context.timeZone),
    page: pageOf(context.url),
    event: context.event?.name ?? null,
    trigger: context.trigger ?? null,
    visitor: item.visitor ?? null,
    subject: item.subject ?? null,
    // Nothing in an item proves who sent it: a signed identity is checked elsewhere or not at all.
    subjectVerified: false,
    completed: item.completed ?? false,
    ...known.checks.metricsOf(item.answers),
    answers: redactAnswers(item.answers, known.checks.textKeys, origin.redact),
    textKeys: known.checks.textKeys,
    timing: timingOf(item.timing),
    context,
    test: origin.isPreview || (item.test ?? false),
  }
  return { ack: { id: item.id, seq: item.seq }, row: { kind: 'response', row } }
}

function readDisplay(item: DisplayItem, known: FoundVersion, origin: ItemOrigin): ReadItem {
  if (typeof known !== 'object') return refuseUnknown(item, known ?? 'unknown_survey')
  const isBeginning = item.state === 'eligible' || item.state === 'shown'
  const closedForMs = origin.nowMs - known.closedMs - (isBeginning ? 0 : displayGraceMs)
  if (closedForMs > 0 && ((item.ageMs ?? 0) < closedForMs || closedForMs > maxAgeMs))
    return refuseClosed(item)
  const context = contextOf(item, origin)
  const row: DisplayRow = {
    projectId: origin.project.id,
    id: item.id,
    surveyId: item.surveyId,
    surveyVersion: item.version,
    states: displayStateBits(item.state),
    locale: item.locale ?? null,
    device: context.device ?? null,
    country: origin.country ?? countryOfTimeZone(context.timeZone),
    page: pageOf(context.url),
    event: context.event?.name ?? null,
    test: origin.isPreview || (item.test ?? false),
  }
  return { ack: { id: item.id, state: item.state }, row: { kind: 'display', row } }
}

function readLoss(item: LossItem, origin: ItemOrigin): ReadItem {
  const row = {
    projectId: origin.project.id,
    id: item.id ?? randomUUID(),
    reason: item.reason,
    count: item.count,
  }
  return { ack: item.id === undefined ? {} : { id: item.id }, row: { kind: 'loss', row } }
}

function contextOf(item: ResponseItem | DisplayItem, { project, redact }: ItemOrigin): ResponseContext {
  if (!item.context) return {}
  const context = reduceContext(item.context as Readonly<Record<string, unknown>>, project.settings)
  redactContext(context, redact)
  return context
}

function clampAge(ageMs: number | undefined): number {
  return Math.min(Math.max(Math.round(ageMs ?? 0), 0), maxAgeMs)
}

/** At most 40 spans of at most a day each. */
function timingOf(timing: Record<string, number> | undefined): Record<string, number> {
  const kept: Record<string, number> = {}
  let spans = 0
  for (const key in timing) {
    if (++spans > 40) break
    const ms = timing[key] ?? -1
    if (key.length <= 64 && ms >= 0 && ms <= growthWindowMs) kept[key] = Math.round(ms)
  }
  return kept
}

function refuseUnknown(item: ResponseItem | DisplayItem, missing: MissingVersion): ReadItem {
  if (item.version === 0) {
    const detail = 'version: 0 is the draft, which takes answers only with a `preview` of this survey'
    return refuse(item, 'unknown_version', detail)
  }
  const isSurvey = missing === 'unknown_survey'
  const thing = isSurvey
    ? 'surveyId: the project has no published survey of'
    : 'version: the survey has no version'
  return refuse(item, missing, `${thing} ${isSurvey ? 'this id' : item.version}`)
}

function refuseClosed(item: ResponseItem | DisplayItem): ReadItem {
  return refuse(item, 'survey_closed', 'surveyId: the survey was closed before this display began')
}

/** The echo holds what the sender needs to find its record again, if the item has it. */
function refuse(item: unknown, code: RefusalCode, detail: string): ReadItem {
  const given = (typeof item === 'object' && item !== null ? item : {}) as Record<string, unknown>
  const refusal: ItemAck = { status: 'refused', code, detail }
  if (typeof given.id === 'string') refusal.id = given.id.slice(0, 64)
  if (Number.isInteger(given.seq)) refusal.seq = given.seq as number
  const state = displayStates.find((one) => one === given.state)
  if (state) refusal.state = state
  return { refusal }
}
