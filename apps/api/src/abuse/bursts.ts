import { Generations } from './generations.ts'

/** New responses of one survey from one address network: people behind one address do not answer so often. */
const usual = { quota: 20, windowMs: 60_000 }
const tokenMs = usual.windowMs / usual.quota
/** Networks remembered; of each no more surveys, and of each survey no more responses that may grow. 25 MB at most. */
const capacity = { networks: 30_000, surveys: 32, responses: 8 }

/** What one network sent of one survey. The time at which its bucket is full again is all of it, as in TokenBuckets. */
interface Sent {
  surveyId: string
  fullAtMs: number
  /** The last ones, which come again when they grow. */
  responses: string[]
}

/** Whether a network sends more new responses of a survey than people do. */
export class Bursts {
  // By network alone: its key is hashed once a connection, one with the survey would be for every response.
  readonly #networks = new Generations<string, Sent[]>(capacity.networks)
  readonly #now: () => number

  /** @param now milliseconds, monotonic */
  constructor(now: () => number = performance.now.bind(performance)) {
    this.#now = now
  }

  /** Notes a response. @param caller key of the network, undefined for one that is not counted */
  isBurst(caller: string | undefined, surveyId: string, responseId: string): boolean {
    if (caller === undefined) return false
    const sent = this.#sentOf(caller, surveyId)
    const { responses } = sent
    if (responses.includes(responseId)) return false
    if (responses.length === capacity.responses) responses.shift()
    responses.push(responseId)
    const nowMs = this.#now()
    const fullAtMs = Math.max(sent.fullAtMs, nowMs) + tokenMs
    // Sums of fractions miss the last token by a millionth of it.
    if (fullAtMs - nowMs > usual.windowMs + 1) return true
    sent.fullAtMs = fullAtMs
    return false
  }

  #sentOf(caller: string, surveyId: string): Sent {
    const known = this.#networks.get(caller)
    const sent = known?.find((one) => one.surveyId === surveyId)
    if (sent) return sent
    const fresh: Sent = { surveyId, fullAtMs: 0, responses: [] }
    if (!known) this.#networks.set(caller, [fresh])
    else {
      if (known.length === capacity.surveys) known.shift()
      known.push(fresh)
    }
    return fresh
  }
}
