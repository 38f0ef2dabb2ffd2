import type { IngestReply, IngestRequest, ItemAck, ResponseItem } from '@heed/contract'
import type { SaveOutcome } from '../../panel-interface.ts'
import { after, listen } from '../listen.ts'
import { emit } from './emit.ts'
import { takeNames } from './heard-names.ts'
import { granted, life, options, rules } from './link.ts'
import { outcomeOf } from './outcome.table.ts'
import { request } from './pristine.ts'
import {
  addLoss,
  addRecord,
  dropRecord,
  keep,
  type PendingRecord,
  type RecordItem,
  records,
  recoverRecords,
} from './records.ts'
import { read, write } from './storage.ts'
import { toWire } from './to-wire.ts'

/** After this a request is given up, and a visitor whose answer is not on the device is told. */
const timeoutMs = 10_000
/**
 * A page's patience with one record, in points, which makes three limits one: an ordinary try costs 1 (at most 6), a
 * failed connection or a reply without our id costs 2 (at most 3).
 */
const maxPoints = 6
/** In the whole life of a record. */
const maxTries = 40
/** How long display states wait for company; most then travel with an answer. */
const gatherMs = 5_000
/** Of displays and losses; an answer travels alone among its kind, so that it fails alone. */
const maxCompany = 50
/** In UTF-16 units, of at most three bytes each: beyond 65,536 bytes a keepalive request is rejected at once. */
const maxKeepaliveLength = 21_000
const firstBackOffMs = 1_000
const maxBackOffMs = 300_000
const maxRetryAfterMs = 3_600_000

let failures = 0
let backOffUntil = 0
/** What the server asked for; wins over everything. Other tabs read it from storage. */
let retryAfterUntil = 0
let stopTimer: (() => void) | undefined
/** The life in which the end of the page is listened for. */
let heardLife: AbortSignal | undefined

const schedule = (ms: number) => {
  stopTimer?.()
  if (!life.aborted) stopTimer = after(ms, () => flush(), life)
}

const hear = () => {
  if (heardLife === life) return
  heardLife = life
  const backOnline = () => {
    backOffUntil = 0
    flush()
  }
  const flushAll = () => flush(true)
  listen(window, 'online', backOnline, life)
  // Phones discard hidden pages without a further word: there `pagehide` never comes.
  listen(document, 'visibilitychange', () => document.hidden && flushAll(), life)
  listen(window, 'pagehide', flushAll, life)
}

const isAckOf = (item: RecordItem) => (ack: ItemAck) =>
  ack.id === item.id && ack.state === item.state && (ack.seq ?? 0) >= (item.seq ?? 0)

/** The item as it is true now: its ages, and its visitor only while that is allowed. A clock that was set back must not make an answer come from the future. */
const asSent = ({ item, at, shownAt }: PendingRecord) => {
  const now = Date.now()
  return {
    ...item,
    // Taken back since: the answer stays the visitor's wish, its author does not.
    ...(item.type !== 'loss' && !granted('storage') && { visitor: null }),
    ...(item.type === 'response' && !granted('identify') && { subject: null }),
    ageMs: Math.max(0, now - at),
    ...(shownAt !== undefined && { displayAgeMs: Math.max(0, now - shownAt) }),
  }
}

const setRetryAfter = (header: string) => {
  const now = Date.now()
  const seconds = Number(header) || (Date.parse(header) - now) / 1000 || 1
  retryAfterUntil = now + Math.min(Math.max(seconds * 1000, 1000), maxRetryAfterMs)
  write('.wait', `${retryAfterUntil}`)
}

const send = async (batch: PendingRecord[]) => {
  for (const record of batch) {
    record._isSending = true
    record.tries++
    keep(record)
  }
  const { names, putBack } = takeNames()
  const body = toWire({
    sdk: HEED_VERSION,
    items: batch.map(asSent),
    ...(names.length && { events: names }),
    ...(options.preview && { preview: options.preview }),
    ticket: rules.ticket,
  } satisfies IngestRequest)
  const abort = new AbortController()
  const stop = after(timeoutMs, () => abort.abort(), life)
  let status = 0
  let retryAfter: string | null = null
  let acks: ItemAck[] | undefined
  try {
    // A text body makes the content type text/plain, which needs no preflight and so survives `pagehide`.
    const response = await request(`${options.host}/v1/ingest/${options.key}`, {
      method: 'POST',
      body,
      credentials: 'omit',
      keepalive: body.length < maxKeepaliveLength,
      redirect: 'manual',
      signal: abort.signal,
    })
    status = response.status
    retryAfter = response.headers.get('retry-after')
    acks = ((await response.json()) as IngestReply).items
  } catch {
    if (!status && !abort.signal.aborted && navigator.onLine) status = -1
  }
  stop()
  const outcome = outcomeOf(status)
  if (outcome !== 'reply') putBack()
  let hasFailed = false
  for (const record of batch) {
    record._isSending = false
    const { item } = record
    const ack = outcome === 'reply' ? acks?.find?.(isAckOf(item)) : undefined
    if (ack?.status === 'refused') dropRecord(record, 'refused')
    else if (ack || outcome === 'done') {
      dropRecord(record)
      if (item.type === 'response') emit('stored', item)
    } else if ((outcome === 'refused' || outcome === 'tooLarge') && item.type !== 'loss')
      dropRecord(record, outcome)
    else {
      hasFailed = true
      record._points += outcome === 'later' ? 1 : 2
      if (record.tries >= maxTries) dropRecord(record, 'attempts')
    }
  }
  if (status === 401) console.warn(`heed: unknown key ${options.key}`)
  if (hasFailed) {
    backOffUntil = Date.now() + Math.random() * Math.min(maxBackOffMs, firstBackOffMs * 2 ** failures++)
    if (retryAfter) setRetryAfter(retryAfter)
  } else failures = backOffUntil = 0
}

/**
 * Sends what may be sent now and sees to it that the rest comes later. `isUrgent`: the page may be going away, so own
 * back-off and company no longer matter. Resolves when nothing more can be done now.
 */
export const flush = async (isUrgent?: boolean): Promise<void> => {
  const now = Date.now()
  // Newest first: the answer that a visitor just gave goes before what older pages left.
  const due = [...records.values()]
    .reverse()
    .filter((record) => !record._isSending && record._points < maxPoints)
  if (!due.length) return
  hear()
  // `online` tells when to go on.
  if (!navigator.onLine) return
  const told = Math.max(retryAfterUntil, Number(read('.wait') ?? 0))
  // A time further away than any we accept was written before the clock was set back.
  const waitMs = Math.max(told > now + maxRetryAfterMs ? 0 : told, isUrgent ? 0 : backOffUntil) - now
  if (waitMs > 0) return schedule(waitMs)
  const answer = due.find((record) => record.item.type === 'response')
  const company = due.filter((record) => record.item.type !== 'response').slice(0, maxCompany)
  if (!answer && !isUrgent) {
    // A loss waits for the next request, or the end of the page.
    const displays = company.filter(({ item }) => item.type === 'display')
    if (!displays.length) return
    if (!displays.some(({ at }) => now - at >= gatherMs)) return schedule(gatherMs)
  }
  const sent = send(answer ? [answer, ...company] : company)
  if (isUrgent) flush(true)
  await sent
  await flush()
}

/**
 * Takes an answer in and sends it. `kept` at once when the device has it; else what the server says within ten seconds,
 * after which it stays in memory for another try. Sending waits for `redacted`, keeping does not: a page that goes away
 * meanwhile loses nothing, and sends the answer as it is.
 */
export const deliver = (
  item: ResponseItem,
  shownAt: number,
  redacted?: Promise<ResponseItem['answers'] | undefined>,
): Promise<SaveOutcome> => {
  const record = addRecord(item, shownAt)
  return new Promise((resolve) => {
    const stop = after(
      timeoutMs,
      () => {
        if (record._kept && record._kept !== true) addLoss(record._kept)
        resolve('unsent')
      },
      life,
    )
    record._settle = (isStored) => {
      stop()
      resolve(isStored ? 'stored' : 'unsent')
    }
    if (record._kept === true) {
      stop()
      resolve('kept')
    }
    if (!redacted) return flush()
    redacted.then((answers) => {
      // It may have gone out meanwhile, or grown.
      if (answers && [...records.values()].includes(record)) {
        record.item = { ...item, answers }
        keep(record)
      }
      flush()
    })
  })
}

let isRecovering = false
/** Sends what earlier pages left. With Web Locks only one tab does; without, the server takes each answer once. */
export const recover = (): void => {
  if (isRecovering) return
  isRecovering = true
  const run = () => {
    recoverRecords()
    return flush()
  }
  const done = () => {
    isRecovering = false
  }
  // Rejects where the page has no origin of its own.
  const locked = navigator.locks?.request(
    `heed.${options.key}`,
    { ifAvailable: true },
    (lock) => lock && run(),
  )
  ;(locked?.catch(run) ?? run()).finally(done)
}
