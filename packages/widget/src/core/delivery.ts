import type { IngestReply, IngestRequest, ItemAck, ResponseItem } from '@heed/contract'
import type { SaveOutcome } from '../panel-interface.ts'
import { emit } from './emit.ts'
import { after, listen } from './listen.ts'
import { outcomeOf } from './outcome.table.ts'
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
import { state } from './state.ts'
import { namesOf, read, write } from './storage.ts'
import { stringify } from './stringify.ts'

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
const hourMs = 3_600_000

let failures = 0
let backOffUntil = 0
/** What the server asked for; wins over everything. */
let retryAfterUntil = 0
let stopTimer: (() => void) | undefined
/** The life whose end-of-page events are heard. */
let heardLife: AbortController | undefined

const schedule = (ms: number) => {
  stopTimer?.()
  stopTimer = after(ms, () => flush(), state._life.signal)
}

const hear = () => {
  if (heardLife === state._life) return
  heardLife = state._life
  const { signal } = heardLife
  const flushAll = () => flush(true)
  listen(
    window,
    'online',
    () => {
      backOffUntil = 0
      flush()
    },
    signal,
  )
  // Phones discard hidden pages without a further word; `pagehide` alone comes too late or never.
  listen(document, 'visibilitychange', () => document.hidden && flushAll(), signal)
  listen(window, 'pagehide', flushAll, signal)
}

const isAckOf = (item: RecordItem) => (ack: ItemAck) =>
  ack.id === item.id && ack.state === item.state && (ack.seq ?? 0) >= (item.seq ?? 0)

const send = async (batch: PendingRecord[]) => {
  const items = batch.map((record) => {
    record._isSending = true
    record.tries++
    keep(record)
    // A clock that was set back must not make an answer come from the future.
    const ageSince = (at: number) => Math.max(0, Date.now() - at)
    return { ...record.item, ageMs: ageSince(record.at), displayAgeMs: ageSince(record.shownAt) }
  })
  const body = stringify({ sdk: HEED_VERSION, items } satisfies IngestRequest)
  const abort = new AbortController()
  const stop = after(timeoutMs, () => abort.abort(), state._life.signal)
  let status = 0
  let retryAfter: string | null = null
  let acks: ItemAck[] | undefined
  try {
    // A text body makes the content type text/plain, which needs no preflight and so survives `pagehide`.
    const response = await fetch(`${state._options.host}/v1/ingest/${state._options.key}`, {
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
  const now = Date.now()
  const outcome = outcomeOf(status)
  let hasFailed = false
  for (const record of batch) {
    record._isSending = false
    const ack = outcome === 'reply' ? acks?.find(isAckOf(record.item)) : undefined
    if (ack?.status === 'refused') dropRecord(record, 'refused')
    else if (ack || outcome === 'done') {
      dropRecord(record)
      if (record.item.type === 'response') emit('stored', record.item as ResponseItem)
    } else if (outcome === 'refused' || outcome === 'tooLarge') dropRecord(record, outcome)
    else {
      hasFailed = true
      record._points += outcome === 'later' ? 1 : 2
      if (record.tries >= maxTries) dropRecord(record, 'attempts')
    }
  }
  if (status === 401) console.warn(`heed: unknown key ${state._options.key}`)
  if (!hasFailed) failures = backOffUntil = 0
  else {
    backOffUntil = now + Math.random() * Math.min(300_000, 1000 * 2 ** failures++)
    if (retryAfter) {
      const seconds = Number(retryAfter) || (Date.parse(retryAfter) - now) / 1000 || 1
      retryAfterUntil = now + Math.min(Math.max(seconds * 1000, 1000), hourMs)
      write('.wait', `${retryAfterUntil}`)
    }
  }
}

/**
 * Sends what may be sent now and sees to it that the rest comes later. `isUrgent`: the page is going away, so own
 * back-off and company no longer matter.
 */
export const flush = (isUrgent?: boolean): Promise<void> | void => {
  const now = Date.now()
  // Newest first: the answer that a visitor just gave goes before what older pages left.
  const due = [...records.values()]
    .reverse()
    .filter((record) => !record._isSending && record._points < maxPoints)
  if (!due.length) return
  hear()
  if (!navigator.onLine) return
  const told = Math.max(retryAfterUntil, Number(read('.wait')))
  // A time further away than any we accept was written before the clock was set back.
  const waitMs = Math.max(told > now + hourMs ? 0 : told, isUrgent ? 0 : backOffUntil) - now
  if (waitMs > 0) return schedule(waitMs)
  const answer = due.find((record) => record.item.type === 'response')
  const company = due.filter((record) => record.item.type !== 'response').slice(0, maxCompany)
  if (!answer && !isUrgent && !company.some((record) => now - record.at >= gatherMs))
    return schedule(gatherMs)
  const sent = send(answer ? [answer, ...company] : company)
  return isUrgent && answer ? flush(true) : sent.then(() => flush())
}

/**
 * Takes an answer in and sends it. `kept` at once when the device has it; else what the server says within ten seconds,
 * after which it stays in memory for another try.
 */
export const save = (item: ResponseItem, shownAt: number): Promise<SaveOutcome> => {
  const record = addRecord(item, shownAt)
  flush()
  return new Promise((resolve) => {
    if (record._kept === true) return resolve('kept')
    const stop = after(
      timeoutMs,
      () => {
        if (record._kept) addLoss(record._kept as never)
        resolve('unsent')
      },
      state._life.signal,
    )
    record._settle = (isStored) => {
      stop()
      resolve(isStored ? 'stored' : 'unsent')
    }
  })
}

/** Sends what earlier pages left. With Web Locks only one tab does; without, the server takes each answer once. */
export const recover = (): void => {
  const run = () => {
    recoverRecords()
    return flush()
  }
  if (!namesOf('.r.').length) return
  if (navigator.locks)
    navigator.locks
      .request(`heed.${state._options.key}`, { ifAvailable: true }, (lock) => lock && run())
      .catch(run)
  else run()
}
