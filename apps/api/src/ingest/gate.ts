import { AsyncResource } from 'node:async_hooks'
import type { Turn } from './turn.ts'

/** The limits of what waits to be read. */
export const gateLimits = {
  /** Requests that wait at most; one project may have half of it, or an equal share where there are more. */
  waiting: 1_000,
  /** Nobody waits before a turn of the event loop has lasted this long: what 100 requests take. */
  openMs: 10,
  /** How many are let in, in each turn, while others wait. */
  perTurn: 8,
  /**
   * One more for so many who are turned away: being told costs a fraction of being taken, and most of the time belongs
   * to those who are taken.
   */
  refusalsOfOne: 3,
  /** So long after somebody had to wait more comes than can be read. */
  pressedMs: 100,
}

interface Lane {
  name: string
  waiting: (() => void)[]
  /** Where the first that still waits stands. */
  first: number
}

/**
 * Where requests wait before their body is read. The event loop serves in one turn whoever has come since the last; when
 * more comes than can be read, checked and stored, turns become long, and everybody waits for as long as a turn takes,
 * whoever is refused as well. So a long turn lets nobody else in: they wait here, a few enter in each turn from then on,
 * and the loop always comes back at once to those who can only be told to come later.
 *
 * Lanes take turns and share the room as in the queue behind, `Batcher`: whoever sends little waits for one turn however
 * long the lane of another is.
 */
export class Gate {
  readonly #turn: Turn
  readonly #now: () => number
  readonly #lanes = new Map<string, Lane>()
  #waiting = 0
  #refused = 0
  #turnStartedMs: number | undefined
  #pressedUntilMs = 0

  constructor(turn: Turn, now: () => number = performance.now.bind(performance)) {
    this.#turn = turn
    this.#now = now
  }

  /** Requests that wait. */
  get waiting(): number {
    return this.#waiting
  }

  /** Whether more comes than can be read. */
  get isPressed(): boolean {
    return this.#waiting > 0 || this.#now() < this.#pressedUntilMs
  }

  /** How many of a lane may wait now. */
  get laneLimit(): number {
    return gateLimits.waiting - this.#waiting
  }

  /** Whether one more of this lane may wait. */
  hasRoom(name: string): boolean {
    const lane = this.#lanes.get(name)
    return (lane ? lane.waiting.length - lane.first : 0) < this.laneLimit
  }

  /** Somebody was told to come later. */
  noteRefusal(): void {
    this.#refused += 1
    if (this.#refused % gateLimits.refusalsOfOne === 0 && this.#waiting > 0) this.#takeFirst()()
  }

  /** Calls back when the request may be read: now, where nobody waits and the turn is young. */
  enter(name: string, letIn: () => void): void {
    if (this.#waiting === 0 && this.#isTurnYoung()) {
      letIn()
      return
    }
    let lane = this.#lanes.get(name)
    if (!lane) {
      lane = { name, waiting: [], first: 0 }
      this.#lanes.set(name, lane)
    }
    // Called back from another request's work; what belongs to this one goes with it.
    lane.waiting.push(AsyncResource.bind(letIn))
    this.#waiting += 1
    this.#pressedUntilMs = this.#now() + gateLimits.pressedMs
    if (this.#waiting === 1) this.#turn.atEnd(this.#letSomeIn)
  }

  #isTurnYoung(): boolean {
    const nowMs = this.#now()
    if (this.#turnStartedMs === undefined) {
      this.#turnStartedMs = nowMs
      // The real end, however late: what is done early in a long turn makes it no shorter.
      setImmediate(this.#endTurn)
    }
    return nowMs - this.#turnStartedMs < gateLimits.openMs
  }

  readonly #endTurn = (): void => {
    this.#turnStartedMs = undefined
  }

  readonly #letSomeIn = (): void => {
    for (let n = 0; n < gateLimits.perTurn && this.#waiting > 0; n += 1) this.#takeFirst()()
    if (this.#waiting > 0) this.#turn.atEnd(this.#letSomeIn)
  }

  /** Of the lane whose turn it is; the lane goes to the end. */
  #takeFirst(): () => void {
    for (const lane of this.#lanes.values()) {
      const letIn = lane.waiting[lane.first]
      this.#lanes.delete(lane.name)
      if (!letIn) continue
      lane.first += 1
      this.#waiting -= 1
      if (lane.first >= 256 && lane.first * 2 > lane.waiting.length) {
        lane.waiting = lane.waiting.slice(lane.first)
        lane.first = 0
      }
      if (lane.first < lane.waiting.length) this.#lanes.set(lane.name, lane)
      return letIn
    }
    throw new Error('somebody waits')
  }
}
