import { rollUp } from '@heed/db'
import type { JobServices } from './start-jobs.ts'

/**
 * Counts the hours that are over, every `rollUpSeconds`, on the connections of the reports. Every process may run it:
 * they share the surveys out. Reports are exact without it, only slower; so a run that fails is logged and the next one
 * does its work. Returns how to stop, which waits for the transaction under way.
 */
export function startRollUps({ config, queryDb, log }: JobServices): () => Promise<void> {
  if (config.rollUpSeconds === 0) return async () => {}
  const stop = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()

  function plan(): void {
    if (stop.signal.aborted) return
    // Spread by a fifth, so that processes which started together do not come together.
    const ms = config.rollUpSeconds * 1000 * (0.9 + Math.random() * 0.2)
    timer = setTimeout(() => {
      running = run().then(plan)
    }, ms)
    timer.unref()
  }

  async function run(): Promise<void> {
    try {
      await rollUp(queryDb, { signal: stop.signal })
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      log.error(
        { code, name: error instanceof Error ? error.name : undefined },
        'closed hours were not counted; reports read the rows',
      )
    }
  }

  plan()
  return () => {
    stop.abort()
    clearTimeout(timer)
    return running
  }
}
