import type { Connections } from '../connections.ts'
import type { Services } from '../services.ts'
import { startRetention } from './start-retention.ts'
import { startRollUps } from './start-roll-ups.ts'

/** What a job may use: nothing of the requests, which other processes may serve. */
export type JobServices = Pick<Services, 'config' | 'log' | 'meters' | 'tracing'> &
  Pick<Connections, 'jobsDb'>

/**
 * Everything that runs by the clock: once for each server, in its only process or in the one that looks after its
 * workers. Returns how to stop, which waits for what is under way.
 */
export function startJobs(services: JobServices): () => Promise<void> {
  const stops = [startRollUps(services), startRetention(services)]
  return async () => {
    await Promise.all(stops.map((stop) => stop()))
  }
}
