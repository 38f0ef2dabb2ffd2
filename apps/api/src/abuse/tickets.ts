import { createHmac } from 'node:crypto'
import { projectSecret } from '@heed/db'
import { FreshCache } from '../directory/fresh-cache.ts'
import { Lru } from '../directory/lru.ts'
import type { Db } from '../services.ts'
import { within } from '../within.ts'

const hourMs = 3_600_000
/** From issue to use: a page that a cache kept for a day, in a tab that stays open for another. */
const validMs = 48 * hourMs
/** How long a request waits for a key that is not known yet. */
const patienceMs = 500

/** Four characters of the hour, base 36, which last until 2161, and eight of its signature: nobody is told a right guess. */
const form = /^([0-9a-z]{4})[\w-]{8}$/

/**
 * What a ticket says: when it was issued, in milliseconds since the epoch; that it is wrong, or not there. `unknown`:
 * its project's key could not be read.
 */
export type TicketClaim = number | 'forged' | 'missing' | 'unknown'

/**
 * Tickets that a page has from the rules and shows with its answers: it has loaded them, from here, lately. Anybody can
 * have one that way, so a ticket keeps nobody out; but it must be fetched, and again every other day. Each is good for
 * one project and names its hour, so nothing is remembered of whom it was given to.
 */
export class Tickets {
  readonly #keys: FreshCache<string>
  /** Signed by this project: a signature costs more than looking it up. */
  readonly #genuine = new Lru<number>(10_000)
  readonly #nowMs: () => number

  constructor(db: Db, nowMs: () => number = Date.now) {
    const forEver = Number.POSITIVE_INFINITY
    this.#keys = new FreshCache((projectId) => projectSecret(db, projectId, 'ticket'), {
      capacity: 20_000,
      freshMs: forEver,
      staleMs: forEver,
    })
    this.#nowMs = nowMs
  }

  /** The ticket of this hour; undefined when the project's key cannot be read, and rules go without. */
  async issue(projectId: string): Promise<string | undefined> {
    const key = await this.#patientKey(projectId)
    return key === undefined ? undefined : sign(key, Math.floor(this.#nowMs() / hourMs).toString(36))
  }

  /** What a ticket says. A promise only when the project's key is not known yet; it never rejects. */
  read(projectId: string, ticket: unknown): TicketClaim | Promise<TicketClaim> {
    if (ticket === undefined) return 'missing'
    if (typeof ticket !== 'string') return 'forged'
    const known = this.#genuine.peek(`${projectId} ${ticket}`)
    if (known !== undefined) return known
    const hour = form.exec(ticket)?.[1]
    if (hour === undefined) return 'forged'
    const key = this.#keys.peek(projectId)
    if (key !== undefined) return this.#verify(projectId, key, hour, ticket)
    return this.#patientKey(projectId).then((loaded) =>
      loaded === undefined ? 'unknown' : this.#verify(projectId, loaded, hour, ticket),
    )
  }

  /** Whether an answer of this age was given on a page whose ticket had run out. */
  isStale(issuedMs: number, ageMs: number, nowMs: number): boolean {
    return nowMs - issuedMs - ageMs > validMs
  }

  #verify(projectId: string, key: string, hour: string, ticket: string): TicketClaim {
    // No secret comparison: whoever wants the right one can ask for it.
    if (sign(key, hour) !== ticket) return 'forged'
    const issuedMs = Number.parseInt(hour, 36) * hourMs
    this.#genuine.set(`${projectId} ${ticket}`, issuedMs)
    return issuedMs
  }

  /** A database that does not answer holds up neither rules nor answers. */
  #patientKey(projectId: string): Promise<string | undefined> {
    return within(patienceMs, this.#keys.get(projectId)).catch(() => undefined)
  }
}

const sign = (key: string, hour: string): string =>
  hour + createHmac('sha256', key).update(hour).digest('base64url').slice(0, 8)
