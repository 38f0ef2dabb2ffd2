import type { FastifyRequest } from 'fastify'
import type { Config } from '../config.ts'
import type { ProblemError } from '../errors.ts'
import type { Batcher } from '../ingest/batcher.ts'
import type { Gate } from '../ingest/gate.ts'
import type { IngestRow } from '../ingest/read-item.ts'
import type { Log } from '../log.ts'
import type { Meters } from '../meters.ts'
import { callerReader } from './caller-of.ts'
import type { DailyQuotas } from './daily-quotas.ts'
import { type Refused, refuseForNow } from './refuse-for-now.ts'
import { type RateLimit, TokenBuckets } from './token-buckets.ts'

export interface LimitsOptions {
  config: Pick<Config, 'limits' | 'trustProxy'>
  batcher: Pick<Batcher<IngestRow>, 'hasRoom' | 'isBehind' | 'laneLimit'>
  gate: Pick<Gate, 'hasRoom' | 'isPressed' | 'laneLimit' | 'noteRefusal'>
  quotas: DailyQuotas
  meters: Pick<Meters, 'limited'>
  log: Log
  /** Milliseconds, monotonic. */
  now?: () => number
}

/** Buckets remembered of each kind; 20 MB at most for all of them. */
const capacity = { callers: 50_000, visitors: 50_000, projects: 20_000 }
const longestVisitor = 128

/** Secret keys that are not known here, from one address: whoever tries them leaves the look-ups of others alone. */
const triedKeys: RateLimit = { quota: 120, windowSeconds: 60 }

type Reason = 'address' | 'public' | 'keys' | 'visitor' | 'project'

const ofOneAddress = {
  address: 'address: too many requests from one address',
  public: 'address: too many requests from one address',
  keys: 'authorization: too many unknown keys from one address',
}

/** Who may send how much. Everything is decided in memory; each refusal is counted by its reason. */
export class Limits {
  readonly #options: LimitsOptions
  readonly #callerOf: (request: FastifyRequest) => string | undefined
  readonly #buckets: Record<Reason, TokenBuckets | undefined>
  #hasWarned = false

  constructor(options: LimitsOptions) {
    const { config, now } = options
    const { limits, trustProxy } = config
    this.#options = options
    this.#callerOf = callerReader({ trustProxy, countsPrivate: limits.countsPrivate })
    const bucketsOf = (limit: RateLimit | undefined, keys: number) =>
      limit && new TokenBuckets(limit, keys, now)
    this.#buckets = {
      address: bucketsOf(limits.address, capacity.callers),
      public: bucketsOf(limits.public, capacity.callers),
      keys: bucketsOf(triedKeys, capacity.callers),
      visitor: bucketsOf(limits.visitor, capacity.visitors),
      project: bucketsOf(limits.project, capacity.projects),
    }
  }

  /** Who sent a request, as callerReader says it. */
  callerOf(request: FastifyRequest): string | undefined {
    return this.#callerOf(request)
  }

  /** Why this address may not ask now: `address` to send answers, `public` for what else pages load, `keys` with a key. */
  refuseCaller(kind: keyof typeof ofOneAddress, request: FastifyRequest): ProblemError | undefined {
    const buckets = this.#buckets[kind]
    const caller = buckets && this.#callerOf(request)
    if (!caller) return undefined
    const waitMs = buckets.take(caller)
    if (waitMs === 0) return undefined
    this.#warnOfProxy(request)
    return this.#refuse(kind, buckets, waitMs, ofOneAddress[kind])
  }

  /** Why the project may not send now: its share of the gate and of the queue, its rate, its day's quota. */
  refuseProject(projectId: string): ProblemError | undefined {
    const { quotas, meters } = this.#options
    const { project } = this.#buckets
    // First, so that who is refused for it pays no token of his project.
    const withoutRoom = this.refuseWithoutRoom(projectId)
    if (withoutRoom) return withoutRoom
    const waitMs = project?.take(projectId) ?? 0
    if (project && waitMs > 0) {
      return this.#refuse('project', project, waitMs, 'publicKey: too many requests of one project')
    }
    const overQuota = quotas.refusalOf(projectId)
    if (overQuota) {
      meters.limited.inc({ reason: overQuota.reason })
      return overQuota.problem
    }
    return undefined
  }

  /** Why there is no room for a request of the project: too many wait to be read, or to be committed. */
  refuseWithoutRoom(projectId: string): ProblemError | undefined {
    const { batcher, gate } = this.#options
    // A database that pauses is waited for, by as many as there is room for. Where the machine cannot keep up either, a
    // longer queue only makes everybody wait longer for the same.
    const isTooMuch = gate.isPressed && batcher.isBehind(projectId)
    if (isTooMuch || !gate.hasRoom(projectId)) return this.#refuseRoom({ quota: gate.laneLimit })
    return batcher.hasRoom(projectId) ? undefined : this.refuseQueue()
  }

  /** The queue, or the project's share of it, is full. */
  refuseQueue(): ProblemError {
    return this.#refuseRoom({ quota: this.#options.batcher.laneLimit, unit: 'rows' })
  }

  /** Why one of the visitors who are named in these items may not send now. An item that names none is not counted. */
  refuseVisitors(projectId: string, items: readonly unknown[]): ProblemError | undefined {
    const buckets = this.#buckets.visitor
    if (!buckets) return undefined
    for (const item of items) {
      const visitor = visitorOf(item)
      const waitMs = visitor === undefined ? 0 : buckets.take(`${projectId} ${visitor}`)
      if (waitMs > 0) {
        return this.#refuse('visitor', buckets, waitMs, 'visitor: too many items of one visitor')
      }
    }
    return undefined
  }

  #refuseRoom(room: Pick<Refused, 'quota' | 'unit'>): ProblemError {
    this.#options.gate.noteRefusal()
    this.#options.meters.limited.inc({ reason: 'queue' })
    const detail = 'the queue is full; send the same items again later'
    return refuseForNow('overloaded', detail, { policy: 'queue', ...room, waitMs: 1000 })
  }

  #refuse(reason: Reason, { limit }: TokenBuckets, waitMs: number, what: string): ProblemError {
    this.#options.meters.limited.inc({ reason })
    return refuseForNow('rate_limited', `${what}; try again later`, { policy: reason, ...limit, waitMs })
  }

  /** A proxy that is not named makes one address of all its visitors: the likeliest reason to meet this limit. */
  #warnOfProxy(request: FastifyRequest): void {
    if (this.#hasWarned || request.headers['x-forwarded-for'] === undefined) return
    this.#hasWarned = true
    this.#options.log.error(
      {},
      'an address met its limit whose requests say they were forwarded; if that is your proxy, name it in HEED_TRUST_PROXY',
    )
  }
}

function visitorOf(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null || !('visitor' in item)) return undefined
  const { visitor } = item
  return typeof visitor === 'string' && visitor.length <= longestVisitor ? visitor : undefined
}
