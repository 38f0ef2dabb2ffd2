import { rollUp } from '@heed/db'
import { runEvery } from './run-every.ts'
import type { JobServices } from './start-jobs.ts'

/**
 * Counts the hours that are over, every `rollUpSeconds`, on the connections of the reports. Every process may run it:
 * they share the surveys out. Reports are exact without it, only slower.
 */
export function startRollUps(services: JobServices): () => Promise<void> {
  const { config, queryDb } = services
  return runEvery(services, {
    name: 'roll-up',
    everySeconds: config.rollUpSeconds,
    run: (signal) => rollUp(queryDb, { signal }),
    failure: 'closed hours were not counted; reports read the rows',
  })
}
