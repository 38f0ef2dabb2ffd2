import { rollUp, settle } from '@heed/db'
import { runEvery } from './run-every.ts'
import type { JobServices } from './start-jobs.ts'

/**
 * Finds out which answers were superseded and counts the hours that are over, every `rollUpSeconds`, on the connections
 * of the reports. Every process may run it: they share the surveys out. Numbers count an answer until it is known to be
 * superseded, and are exact without counted hours, only slower.
 */
export function startRollUps(services: JobServices): () => Promise<void> {
  const { config, jobsDb } = services
  return runEvery(services, {
    name: 'roll-up',
    everySeconds: config.rollUpSeconds,
    async run(signal) {
      // First, so that an hour is counted once and not again with the next run.
      await settle(jobsDb, { signal })
      await rollUp(jobsDb, { signal })
    },
    failure: 'closed hours were not counted; reports read the rows',
  })
}
