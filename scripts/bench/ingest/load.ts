/** What the sender of the ingest benchmarks is asked for, and what it tells afterwards. */
export interface LoadOrder {
  /** Without a trailing slash. */
  url: string
  publicKey: string
  surveyId: string
  /** Of the rules that the pages had. */
  ticket?: string
  connections: number
  seconds: number
  /** Distinguishes the ids of one run from those of every other. */
  run: number
  /**
   * Open loop: so many requests begin each second, however the server does, and each is timed from the moment it should
   * have begun. @default closed loop: every connection sends as soon as it has its reply
   */
  perSecond?: number
}

/** Milliseconds. */
export interface Latency {
  p50: number
  p95: number
  p99: number
}

export interface LoadResult {
  /** `200` with `stored`. */
  acknowledged: number
  /** `429` or `503`. */
  refused: number
  /** Anything else, a connection that ended among it. */
  failed: number
  /** From the first request to the last reply. */
  seconds: number
  latency: Latency
  refusal: Latency
  /** User and system time of the sender, seconds: near `seconds` it is the sender that was measured. */
  senderCpu: number
}
