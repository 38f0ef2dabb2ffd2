import { type SuspicionReason, suspiciousFrom } from '@heed/contract'
import type { ResponseRow } from '@heed/db'
import type { IngestRow } from '../ingest/read-item.ts'
import { Bursts } from './bursts.ts'
import { points, shortDuplicatePoints } from './points.ts'
import { RecentTexts } from './recent-texts.ts'
import { senderKindOf } from './sender-kind.ts'
import type { TicketClaim, Tickets } from './tickets.ts'

/** What a request says of whoever sent it. Nothing of it is kept but the reasons. */
export interface Sender {
  userAgent: string | undefined
  /** Key of the address network, undefined for one that is not counted. */
  caller: string | undefined
  ticket: TicketClaim
  /** Milliseconds since the epoch. */
  nowMs: number
}

/** Nobody reads a question and answers it in less. */
const readingMs = 300

/**
 * Gives responses and displays their score. Everything is decided in bounded memory, in a few microseconds, and nobody
 * is told: what is suspicious is stored and acknowledged as everything else is, or its sender would learn to be better.
 */
export class Suspicions {
  readonly #tickets: Pick<Tickets, 'isStale'>
  readonly #texts = new RecentTexts()
  readonly #bursts = new Bursts()

  constructor(tickets: Pick<Tickets, 'isStale'>) {
    this.#tickets = tickets
  }

  /** Writes the score of each row of one request into it. Tests, which nobody counts, have none. */
  mark(rows: readonly IngestRow[], sender: Sender): void {
    const shared = reasonsOf(sender)
    const sharedScore = shared.reduce((sum, reason) => sum + points[reason], 0)
    for (const { kind, row } of rows) {
      if (kind === 'loss' || row.test) continue
      if (kind === 'response') this.#markResponse(row, sender, shared, sharedScore)
      else if (sharedScore >= suspiciousFrom) row.suspicious = true
    }
  }

  #markResponse(
    row: ResponseRow,
    { ticket, caller, nowMs }: Sender,
    shared: readonly SuspicionReason[],
    sharedScore: number,
  ): void {
    const own: SuspicionReason[] = []
    let score = sharedScore
    const add = (reason: SuspicionReason, worth = points[reason]) => {
      own.push(reason)
      score += worth
    }
    if (typeof ticket === 'number' && this.#tickets.isStale(ticket, row.ageMs, nowMs)) add('staleTicket')
    if (this.#bursts.isBurst(caller, row.surveyId, row.id)) add('burst')
    const repeated = this.#repeated(row, nowMs)
    if (repeated) add('duplicateText', repeated === 'short' ? shortDuplicatePoints : points.duplicateText)
    if (isFast(row)) add('fast')
    if (score === 0) return
    row.suspicion = Math.min(score, 100)
    row.suspicionReasons = own.length === 0 ? shared : [...shared, ...own]
  }

  #repeated({ projectId, id, answers, textKeys = [] }: ResponseRow, nowMs: number) {
    let repeated: 'long' | 'short' | undefined
    for (const key of textKeys) {
      const text = answers[key]
      if (typeof text !== 'string') continue
      const said = this.#texts.note(projectId, id, text, nowMs)
      if (repeated !== 'long') repeated = said ?? repeated
    }
    return repeated
  }
}

const none: readonly SuspicionReason[] = []

/** What speaks against everything in a request. */
function reasonsOf({ userAgent, ticket }: Sender): readonly SuspicionReason[] {
  const kind = senderKindOf(userAgent)
  if (kind === 'browser' && typeof ticket === 'number') return none
  const reasons: SuspicionReason[] = []
  if (kind !== 'browser') reasons.push(kind)
  if (ticket === 'forged') reasons.push('forgedTicket')
  else if (ticket === 'missing') reasons.push('missingTicket')
  return reasons
}

function isFast({ completed, timing, answers }: ResponseRow): boolean {
  const { completedMs } = timing
  if (!completed || completedMs === undefined) return false
  let answered = 0
  for (const _ in answers) answered += 1
  return completedMs < readingMs * answered
}
