import { randomBytes } from 'node:crypto'
import { Agent, request } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { Journal } from './journal.ts'

export interface VisitorsOptions {
  /** Where to send, asked before each request: an API that was started again may listen elsewhere. */
  url(): string
  publicKey: string
  survey: { id: string; version: number }
  journal: Journal
  /** How many at once, each with one request under way. @default 16 */
  visitors?: number
  /** How long one waits after a request that was not acknowledged, as the widget does. @default 50 */
  pauseMs?: number
  /** How long one waits after an acknowledgement. @default 0 */
  restMs?: number
  /** Characters that each request carries for nothing. @default 0 */
  padding?: number
}

/** Visitors who answer one survey after the other, and send again what was not acknowledged until it is. */
export interface Visitors {
  /** Requests by what came of them: a status, or `none` when no reply came. */
  outcomes: ReadonlyMap<number | 'none', number>
  /** Replies that must not be: neither an acknowledgement nor a request to come again. */
  unexpected: readonly string[]
  /** Acknowledgements so far. */
  acknowledged(): number
  /** Requests so far that were not acknowledged. */
  failed(): number
  /** Milliseconds from now until every visitor has had an acknowledgement of something that was sent after now. */
  allServed(): Promise<number>
  /** Resolves when so many more are acknowledged. */
  reach(more: number): Promise<void>
  /** Resolves when so many more requests have come to nothing: a fault is felt. */
  feel(more: number): Promise<void>
  /** The longest time without any acknowledgement, since the last call or the start. */
  longestGapMs(): number
  /** Resolves when all have stopped; what is under way is waited for. */
  end(): Promise<void>
}

const maxGrowth = 3

/** What a visitor answers: another text each time the response grows, so that a stored one tells which it is. */
export function answersOf(id: string, seq: number): { nps: number; why: string } {
  const letters = id.replace(/[^a-f]/g, '')
  return { nps: Number.parseInt(id.slice(-2), 16) % 11, why: `growth ${'abc'[seq - 1]} ${letters}` }
}

/** The survey that `answersOf` answers. */
export const faultSurvey = {
  key: 'faults',
  name: 'Faults',
  triggers: [{ on: 'manual' as const }],
  locales: ['en'],
  display: { kind: 'popover' as const },
  questions: [
    {
      key: 'nps',
      kind: 'nps' as const,
      metric: 'nps' as const,
      text: { en: 'How likely are you to recommend us?' },
    },
    { key: 'why', kind: 'text' as const, text: { en: 'Why?' } },
  ],
}

export function startVisitors(options: VisitorsOptions): Visitors {
  const { journal, survey, publicKey } = options
  const count = options.visitors ?? 16
  const agent = new Agent({ keepAlive: true, maxSockets: count })
  const outcomes = new Map<number | 'none', number>()
  const unexpected: string[] = []
  const watchers = new Set<() => void>()
  const lastServedMs = Array.from({ length: count }, () => 0)
  let acknowledged = 0
  let failed = 0
  let isOver = false
  let lastMs = performance.now()
  let longestGapMs = 0

  function tell(): void {
    for (const watcher of watchers) watcher()
  }

  function until(isReached: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const watcher = () => {
        if (!isReached()) return
        watchers.delete(watcher)
        resolve()
      }
      watchers.add(watcher)
      watcher()
    })
  }

  function noteGap(): void {
    const nowMs = performance.now()
    longestGapMs = Math.max(longestGapMs, nowMs - lastMs)
    lastMs = nowMs
  }

  /** Whether it was acknowledged. */
  async function send(id: string, seq: number): Promise<boolean> {
    const item = {
      type: 'response',
      id,
      seq,
      surveyId: survey.id,
      version: survey.version,
      locale: 'en',
      answers: answersOf(id, seq),
      completed: seq === maxGrowth,
      ...(options.padding && { context: { attributes: { padding: 'x'.repeat(options.padding) } } }),
    }
    journal.sent(id, seq)
    const reply = await post(
      `${options.url()}/v1/ingest/${publicKey}`,
      JSON.stringify({ sdk: '1', items: [item] }),
      agent,
    )
    const outcome = reply?.status ?? 'none'
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
    if (!reply || reply.status === 503 || reply.status === 429) return false
    const isAcknowledged =
      reply.status === 200 && /^\{"items":\[\{[^}]*"status":"(stored|duplicate)"/.test(reply.body)
    if (isAcknowledged) journal.acknowledged(id, seq)
    else if (unexpected.length < 100) unexpected.push(`${reply.status} ${reply.body.slice(0, 300)}`)
    return isAcknowledged
  }

  async function visit(visitor: number): Promise<void> {
    while (!isOver) {
      const id = newId()
      const last = 1 + (Number.parseInt(id.slice(-1), 16) % maxGrowth)
      for (let seq = 1; seq <= last && !isOver; ) {
        const sentMs = performance.now()
        if (await send(id, seq)) {
          acknowledged += 1
          seq += 1
          lastServedMs[visitor] = sentMs
          noteGap()
          tell()
          if (options.restMs) await delay(options.restMs)
        } else {
          failed += 1
          tell()
          await delay(options.pauseMs ?? 50)
        }
      }
    }
  }
  const done = Promise.all(Array.from({ length: count }, (_, visitor) => visit(visitor)))

  return {
    outcomes,
    unexpected,
    acknowledged: () => acknowledged,
    failed: () => failed,
    async allServed() {
      const sinceMs = performance.now()
      await until(() => lastServedMs.every((ms) => ms >= sinceMs))
      return performance.now() - sinceMs
    },
    reach(more) {
      const goal = acknowledged + more
      return until(() => acknowledged >= goal)
    },
    feel(more) {
      const goal = failed + more
      return until(() => failed >= goal)
    },
    longestGapMs() {
      noteGap()
      const longest = longestGapMs
      longestGapMs = 0
      return longest
    },
    async end() {
      isOver = true
      await done
      agent.destroy()
    },
  }
}

/** A UUIDv7 as a browser makes it. */
function newId(): string {
  const time = Date.now().toString(16).padStart(12, '0')
  const random = randomBytes(10).toString('hex')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-8${random.slice(3, 6)}-${random.slice(6, 18)}`
}

const replyWithinMs = 20_000

/** Undefined when no whole reply came. */
function post(
  url: string,
  body: string,
  agent: Agent,
): Promise<{ status: number; body: string } | undefined> {
  return new Promise((resolve) => {
    const outgoing = request(
      url,
      { method: 'POST', agent, headers: { 'content-type': 'text/plain' }, timeout: replyWithinMs },
      (incoming) => {
        const chunks: Buffer[] = []
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
        incoming.on('error', () => resolve(undefined))
        incoming.on('close', () => resolve(undefined))
        incoming.on('end', () =>
          resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(chunks).toString() }),
        )
      },
    )
    outgoing.on('timeout', () => outgoing.destroy())
    outgoing.on('error', () => resolve(undefined))
    outgoing.end(body)
  })
}
