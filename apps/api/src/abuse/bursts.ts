import { TokenBuckets } from '../limits/token-buckets.ts'
import { Generations } from './generations.ts'

/** New responses of one survey from one address network: people behind one address do not answer so often. */
const usual = { quota: 20, windowSeconds: 60 }
/** Networks with their surveys, and responses that may grow; 15 MB at most. */
const capacity = { networks: 50_000, responses: 100_000 }

/** Whether a network sends more new responses of a survey than people do. */
export class Bursts {
  readonly #networks: TokenBuckets
  readonly #known = new Generations<true>(capacity.responses)

  /** @param now milliseconds, monotonic */
  constructor(now?: () => number) {
    this.#networks = new TokenBuckets(usual, capacity.networks, now)
  }

  /** Notes a response. @param caller key of the network, undefined for one that is not counted */
  isBurst(caller: string | undefined, surveyId: string, responseId: string): boolean {
    if (caller === undefined || this.#known.get(responseId)) return false
    this.#known.set(responseId, true)
    return this.#networks.take(`${caller} ${surveyId}`) > 0
  }
}
