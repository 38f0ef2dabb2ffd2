import {
  type CampaignTag,
  campaignTags,
  type Device,
  exitSigns,
  maxAgeMs,
  type PageEvent,
  type ProjectSettings,
  type ResponseContext,
  referrerClasses,
} from '@heed/contract'
import { originOf, reduceUrl } from './reduce-url.ts'

/** The whole context of one item, in bytes of JSON. */
const maxContextBytes = 16_384
const maxMembers = 50
const maxListLength = 50
const maxDepth = 4
const maxNameLength = 64
const devices: readonly Device[] = ['phone', 'tablet', 'desktop']

/** What is left of the bytes; what does not fit is left out, never cut in half. */
interface Budget {
  bytes: number
}

/**
 * Keeps what the contract knows, in its type and within its size, and drops everything else without a word:
 * an answer is not lost because a page set something odd. Addresses, user agents and clocks have no place here.
 */
export function reduceContext(
  context: Readonly<Record<string, unknown>>,
  { queryKeys, collect = [] }: Pick<ProjectSettings, 'queryKeys' | 'collect'>,
): ResponseContext {
  const reduced: ResponseContext = {}
  const budget: Budget = { bytes: maxContextBytes }
  const { url, referrer, device, viewport, timeZone, trigger, event } = context
  const { title, language, referrerClass, campaign, visits, pages, waitedMs, exitSign } = context
  const page = typeof url === 'string' ? reduceUrl(url, queryKeys) : undefined
  if (page !== undefined && take(budget, sizeOf(page))) reduced.url = page
  const origin = typeof referrer === 'string' ? originOf(referrer) : undefined
  if (origin !== undefined && take(budget, sizeOf(origin))) reduced.referrer = origin
  // Whatever a page sends: only what its project has chosen to collect is kept.
  if (collect.includes('title') && isShort(title, 300) && take(budget, sizeOf(title))) reduced.title = title
  if (collect.includes('campaign') && isRecord(campaign)) {
    const tags = reduceCampaign(campaign, budget)
    if (Object.keys(tags).length > 0) reduced.campaign = tags
  }
  if (isShort(language, 35) && language !== '') reduced.language = language
  const knownClass = oneOf(referrerClasses, referrerClass)
  if (knownClass) reduced.referrerClass = knownClass
  const knownDevice = oneOf(devices, device)
  if (knownDevice) reduced.device = knownDevice
  const [width, height] = Array.isArray(viewport) && viewport.length === 2 ? viewport : []
  if (isPixels(width) && isPixels(height)) reduced.viewport = [Math.round(width), Math.round(height)]
  if (isShort(timeZone, 64)) reduced.timeZone = timeZone
  if (isShort(trigger, 32)) reduced.trigger = trigger
  const knownSign = oneOf(exitSigns, exitSign)
  if (knownSign) reduced.exitSign = knownSign
  if (isCount(visits)) reduced.visits = visits
  if (isCount(pages)) reduced.pages = pages
  if (typeof waitedMs === 'number' && waitedMs >= 0 && waitedMs <= maxAgeMs)
    reduced.waitedMs = Math.round(waitedMs)
  const reducedEvent = isRecord(event) ? reduceEvent(event, budget) : undefined
  if (reducedEvent) reduced.event = reducedEvent
  for (const member of ['product', 'cart', 'order', 'page'] as const) {
    const value = context[member]
    if (isRecord(value)) reduced[member] = reduceRecord(value, budget, 1)
  }
  if (isRecord(context.attributes)) reduced.attributes = reduceRecord(context.attributes, budget, maxDepth)
  if (isRecord(context.variant)) reduced.variant = reduceVariant(context.variant, budget)
  return reduced
}

/** GA4's words and a shop's own properties alike: scalars and lists of strings. */
function reduceEvent(event: Record<string, unknown>, budget: Budget): PageEvent | undefined {
  const { name } = event
  if (!isShort(name, 128) || !take(budget, sizeOf(name))) return undefined
  const reduced: PageEvent = { name }
  let members = 0
  for (const key in event) {
    if (key === 'name') continue
    if (members >= maxMembers) break
    const value = event[key]
    const kept = Array.isArray(value) ? reduceTexts(value) : isScalar(value) ? value : undefined
    if (kept === undefined || key.length > maxNameLength || !take(budget, sizeOf(key) + sizeOf(kept)))
      continue
    reduced[key] = kept
    members += 1
  }
  return reduced
}

function reduceTexts(list: readonly unknown[]): string[] {
  const texts: string[] = []
  for (const one of list) if (texts.length < maxListLength && isShort(one, 200)) texts.push(one)
  return texts
}

function reduceRecord(
  record: Record<string, unknown>,
  budget: Budget,
  depth: number,
): Record<string, unknown> {
  const reduced: Record<string, unknown> = {}
  let members = 0
  for (const key in record) {
    if (members >= maxMembers) break
    if (key.length > maxNameLength) continue
    const kept = reduceValue(record[key], budget, depth)
    if (kept === undefined || !take(budget, sizeOf(key))) continue
    reduced[key] = kept
    members += 1
  }
  return reduced
}

/** At `maxDepth` only scalars remain. */
function reduceValue(value: unknown, budget: Budget, depth: number): unknown {
  if (isScalar(value) || value === null) return take(budget, sizeOf(value)) ? value : undefined
  if (depth >= maxDepth || typeof value !== 'object') return undefined
  if (!Array.isArray(value)) return reduceRecord(value as Record<string, unknown>, budget, depth + 1)
  const elements = value.slice(0, maxListLength).map((element) => reduceValue(element, budget, depth + 1))
  return elements.filter((element) => element !== undefined)
}

function reduceVariant(variant: Record<string, unknown>, budget: Budget): Record<string, string> {
  const reduced: Record<string, string> = {}
  for (const [key, value] of Object.entries(variant).slice(0, maxMembers)) {
    if (key.length <= maxNameLength && isShort(value, 200) && take(budget, sizeOf(key) + sizeOf(value)))
      reduced[key] = value
  }
  return reduced
}

function reduceCampaign(
  campaign: Record<string, unknown>,
  budget: Budget,
): Partial<Record<CampaignTag, string>> {
  const reduced: Partial<Record<CampaignTag, string>> = {}
  for (const tag of campaignTags) {
    const value = campaign[tag]
    if (isShort(value, 200) && value !== '' && take(budget, sizeOf(tag) + sizeOf(value))) reduced[tag] = value
  }
  return reduced
}

/** Whether so many bytes more still fit; if so they are counted. */
function take(budget: Budget, bytes: number): boolean {
  if (bytes > budget.bytes) return false
  budget.bytes -= bytes
  return true
}

/** About as many bytes as JSON takes, quotes and separators included. */
function sizeOf(value: unknown): number {
  if (typeof value === 'string') return byteLength(value) + 4
  if (!Array.isArray(value)) return 10
  let bytes = 2
  for (const one of value) bytes += sizeOf(one)
  return bytes
}

/** Most names and values are short and ASCII: looking costs less than a call out of the engine. */
function byteLength(text: string): number {
  for (let index = 0; index < text.length; index++) {
    if (text.charCodeAt(index) > 127) return Buffer.byteLength(text)
  }
  return text.length
}

function oneOf<Text extends string>(known: readonly Text[], value: unknown): Text | undefined {
  return typeof value === 'string' && known.includes(value as Text) ? (value as Text) : undefined
}

function isShort(value: unknown, maxLength: number): value is string {
  return typeof value === 'string' && value.length <= maxLength
}

function isPixels(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value < 100_000
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 1_000_000
}

/** JSON has no Infinity, but `1e999` parses to it and would be stored as null. */
function isScalar(value: unknown): value is string | number | boolean {
  return (
    isShort(value, 500) || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))
  )
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
