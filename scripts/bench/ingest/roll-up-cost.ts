import { rollUp } from '@heed/db'
import type { Stage } from './stage.ts'

/**
 * What counting an hour of responses for the reports costs, CPU of this process and of PostgreSQL, in microseconds of
 * each: the job's work on everything that the rounds have stored, with the hour taken as over.
 */
export async function rollUpCost({ db, postgresCpu, count }: Stage): Promise<number> {
  const responses = await count('responses')
  const until = new Date(Math.ceil((Date.now() + 1) / 3_600_000) * 3_600_000)
  const postgresBefore = await postgresCpu()
  const ownBefore = process.cpuUsage()
  await rollUp(db, { until })
  const { user, system } = process.cpuUsage(ownBefore)
  return ((await postgresCpu()) - postgresBefore + (user + system) / 1e6) * (1e6 / responses)
}
