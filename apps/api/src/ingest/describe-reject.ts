/// <reference lib="es2024.string" />
import { type ItemAck, maxRejectLength, type RefusalCode } from '@heed/contract'
import type { NewReject } from '@heed/db'
import { redactContext } from './redact-context.ts'
import { maskAll } from './redactors.ts'
import { reduceContext } from './reduce-context.ts'

const maxTextLength = 1000
/** Looked at beyond what is kept: whatever lies across the cut is recognised whole. */
const lookAhead = 200
const maxMembers = 100
const maxDepth = 6

/** What an item may hold and say nothing about a person by being kept; everything else a page sent is dropped. */
const members = [
  ...['type', 'id', 'seq', 'surveyId', 'version', 'state', 'locale', 'ageMs', 'displayAgeMs', 'answers'],
  ...['completed', 'timing', 'test', 'reason', 'count'],
]
const kinds = ['response', 'display', 'loss'] as const

/** What is kept of a refused item: enough to find the mistake, nothing that tells who somebody is. */
export function describeReject(item: unknown, { code, detail }: ItemAck, sdk: string): NewReject {
  const given = isRecord(item) ? item : {}
  return {
    reason: code as RefusalCode,
    detail: clean(maskAll(detail ?? ''))
      .slice(0, maxTextLength)
      .toWellFormed(),
    sdk: clean(maskAll(sdk)).slice(0, 64).toWellFormed(),
    kind: kinds.find((kind) => kind === given.type) ?? null,
    surveyId: shortOrNull(given.surveyId, 64),
    responseId: shortOrNull(given.id, 64),
    visitor: shortOrNull(given.visitor, 128),
    subject: shortOrNull(given.subject, 256),
    item: (JSON.stringify(copyItem(item)) ?? '').slice(0, maxRejectLength).toWellFormed(),
  }
}

function copyItem(item: unknown): unknown {
  const budget = { members: maxMembers }
  if (!isRecord(item)) return copy(item, budget, 0)
  const copied: Record<string, unknown> = {}
  for (const member of members) if (member in item) copied[member] = copy(item[member], budget, 0)
  if (isRecord(item.context)) {
    const context = reduceContext(item.context, { queryKeys: [] })
    redactContext(context, maskAll)
    copied.context = context
  } else if ('context' in item) copied.context = copy(item.context, budget, 0)
  return copied
}

/** Of any JSON: texts and names redacted and cut, not deeper nor longer than can be shown. */
function copy(value: unknown, budget: { members: number }, depth: number): unknown {
  if (typeof value === 'string') return shorten(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth >= maxDepth) return Array.isArray(value) ? [] : {}
  const copied: [string, unknown][] = []
  for (const key in value) {
    if (--budget.members < 0) break
    copied.push([shorten(key), copy((value as Record<string, unknown>)[key], budget, depth + 1)])
  }
  return Array.isArray(value) ? copied.map(([, element]) => element) : Object.fromEntries(copied)
}

function shorten(text: string): string {
  if (text.length <= maxTextLength) return maskAll(text)
  return `${maskAll(text.slice(0, maxTextLength + lookAhead)).slice(0, -lookAhead)}…`
}

const shortOrNull = (value: unknown, maxLength: number): string | null =>
  typeof value === 'string' && value.length <= maxLength ? clean(value) : null

/** Storable: without NUL and without halves of surrogate pairs. */
const clean = (text: string): string => text.replaceAll('\u0000', '\ufffd').toWellFormed()

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
