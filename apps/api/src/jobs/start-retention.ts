import { applyRetention, sweepErased } from '@heed/db'
import { runEvery } from './run-every.ts'
import type { JobServices } from './start-jobs.ts'

const firstWithinSeconds = 60

/**
 * Deletes what projects do not keep any more, and what has come since of people who were erased, every
 * `retentionSeconds`. Every process may run it. For the first time within a minute: a server that is often restarted
 * must get to it too.
 */
export function startRetention(services: JobServices): () => Promise<void> {
  const { config, jobsDb } = services
  return runEvery(services, {
    name: 'retention',
    everySeconds: config.retentionSeconds,
    firstAfterSeconds: Math.min(firstWithinSeconds, config.retentionSeconds),
    async run(signal) {
      // What people asked for goes first.
      await sweepErased(jobsDb, { signal })
      await applyRetention(jobsDb, { actor: 'job', signal })
    },
    failure: 'what is not kept any more was not all deleted; the next run goes on',
  })
}
