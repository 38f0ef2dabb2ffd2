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
  if (page !== undefined && take(budget, page)) reduced.url = page
  const origin = typeof referrer === 'string' ? originOf(referrer) : undefined
  if (origin !== undefined && take(budget, origin)) reduced.referrer = origin
  // Whatever a page sends: only what its project has chosen to collect is kept.
  if (collect.includes('title') && isShort(title, 300) && take(budget, title)) reduced.title = title
  if (collect.includes('campaign') && isRecord(campaign)) {
    const tags = reduceCampaign(campaign, budget)
    if (Object.keys(tags).length > 0) reduced.campaign = tags
  }
  if (isShort(language, 35) && language !== '') reduced.language = language
  const knownClass = referrerClasses.find((one) => one === referrerClass)
  if (knownClass) reduced.referrerClass = knownClass
  const knownDevice = devices.find((one) => one === device)
  if (knownDevice) reduced.device = knownDevice
  const [width, height] = Array.isArray(viewport) && viewport.length === 2 ? viewport : []
  if (isPixels(width) && isPixels(height)) reduced.viewport = [Math.round(width), Math.round(height)]
  if (isShort(timeZone, 64)) reduced.timeZone = timeZone
  if (isShort(trigger, 32)) reduced.trigger = trigger
  const knownSign = exitSigns.find((one) => one === exitSign)
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
  const { name, ...properties } = event
  if (!isShort(name, 128) || !take(budget, name)) return undefined
  const reduced: PageEvent = { name }
  let members = 0
  for (const [key, value] of Object.entries(properties)) {
    if (members >= maxMembers) break
    const kept = Array.isArray(value)
      ? value.filter((one) => isShort(one, 200)).slice(0, maxListLength)
      : value
    if (kept === null || (typeof kept === 'object' && !Array.isArray(kept)) || !isScalarOrList(kept)) continue
    if (key.length > maxNameLength || !take(budget, key, kept)) continue
    reduced[key] = kept
    members += 1
  }
  return reduced
}

function reduceRecord(
  record: Record<string, unknown>,
  budget: Budget,
  depth: number,
): Record<string, unknown> {
  const reduced: Record<string, unknown> = {}
  let members = 0
  for (const [key, value] of Object.entries(record)) {
    if (members >= maxMembers) break
    if (key.length > maxNameLength) continue
    const kept = reduceValue(value, budget, depth)
    if (kept === undefined || !take(budget, key)) continue
    reduced[key] = kept
    members += 1
  }
  return reduced
}

/** At `maxDepth` only scalars remain. */
function reduceValue(value: unknown, budget: Budget, depth: number): unknown {
  if (isScalar(value) || value === null) return take(budget, value) ? value : undefined
  if (depth >= maxDepth || typeof value !== 'object') return undefined
  if (!Array.isArray(value)) return reduceRecord(value as Record<string, unknown>, budget, depth + 1)
  const elements = value.slice(0, maxListLength).map((element) => reduceValue(element, budget, depth + 1))
  return elements.filter((element) => element !== undefined)
}

function reduceVariant(variant: Record<string, unknown>, budget: Budget): Record<string, string> {
  const reduced: Record<string, string> = {}
  for (const [key, value] of Object.entries(variant).slice(0, maxMembers)) {
    if (key.length <= maxNameLength && isShort(value, 200) && take(budget, key, value)) reduced[key] = value
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
    if (isShort(value, 200) && value !== '' && take(budget, tag, value)) reduced[tag] = value
  }
  return reduced
}

/** Whether these still fit; if so they are counted. */
function take(budget: Budget, ...values: unknown[]): boolean {
  let bytes = 0
  for (const value of values) bytes += sizeOf(value)
  if (bytes > budget.bytes) return false
  budget.bytes -= bytes
  return true
}

/** About as many bytes as JSON takes, quotes and separators included. */
function sizeOf(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value) + 4
  return Array.isArray(value) ? value.reduce<number>((sum, one) => sum + sizeOf(one), 2) : 10
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

function isScalarOrList(value: unknown): value is string | number | boolean | string[] {
  return Array.isArray(value) || isScalar(value)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
