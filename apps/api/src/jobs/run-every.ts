import type { Services } from '../services.ts'

export interface Job {
  /** Label of its figures, one of a few fixed words. */
  name: string
  /** Between the end of a run and the next; 0: this process does not run it. */
  everySeconds: number
  /** Before the first run. @default everySeconds */
  firstAfterSeconds?: number
  /** Ends early, and whole, when the signal says so. */
  run(signal: AbortSignal): Promise<unknown>
  /** What a run that failed means to the operator, for the log. */
  failure: string
}

/**
 * Runs a job by the clock, counts and times its runs, and logs those that fail; the next one does their work. Returns
 * how to stop, which waits for the run under way.
 */
export function runEvery(
  { log, meters, tracing }: Pick<Services, 'log' | 'meters' | 'tracing'>,
  job: Job,
): () => Promise<void> {
  const { name, everySeconds, firstAfterSeconds = everySeconds, failure } = job
  if (everySeconds === 0) return async () => {}
  // Known from the start, or the first failure would be no increase.
  const ok = meters.jobRuns.labels(name, 'ok')
  const failed = meters.jobRuns.labels(name, 'failed')
  const stop = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()

  function plan(seconds: number): void {
    if (stop.signal.aborted) return
    // Spread by a fifth, so that processes which started together do not come together.
    const ms = seconds * 1000 * (0.9 + Math.random() * 0.2)
    timer = setTimeout(() => {
      running = run().then(() => plan(everySeconds))
    }, ms)
    timer.unref()
  }

  async function run(): Promise<void> {
    const took = meters.jobSeconds.startTimer({ task: name })
    try {
      await tracing.inSpan(`job ${name}`, async () => job.run(stop.signal))
      ok.inc()
      meters.jobSuccess.set({ task: name }, Date.now() / 1000)
    } catch (error) {
      failed.inc()
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      log.error({ job: name, code, name: error instanceof Error ? error.name : undefined }, failure)
    }
    took()
  }

  plan(firstAfterSeconds)
  return () => {
    stop.abort()
    clearTimeout(timer)
    return running
  }
}
