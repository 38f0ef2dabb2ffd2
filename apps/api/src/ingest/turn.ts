/** What is due at the end of a turn of the event loop waits no longer than this where requests come by. */
const patienceMs = 5

/**
 * The end of a turn of the event loop, or a little later what could not wait for it. While more than 1,024 sockets have
 * something to say, libuv goes round among them up to 48 times before it comes back to timers and immediates: seconds,
 * beside a flood. So whoever takes requests tells of each one, and what is overdue is done then and there.
 */
export class Turn {
  readonly #now: () => number
  #due: (() => void)[] = []
  #sinceMs = 0

  constructor(now: () => number = performance.now.bind(performance)) {
    this.#now = now
  }

  /** Runs `work` once, when everything that has come in this turn was looked at. */
  atEnd(work: () => void): void {
    this.#due.push(work)
    if (this.#due.length > 1) return
    this.#sinceMs = this.#now()
    setImmediate(this.#end)
  }

  /** A request has come. */
  noteRequest(): void {
    if (this.#due.length > 0 && this.#now() - this.#sinceMs > patienceMs) this.#end()
  }

  /** An immediate that comes after its work was done finds none, or does later work early: both are harmless. */
  readonly #end = (): void => {
    const due = this.#due
    this.#due = []
    for (const work of due) work()
  }
}
