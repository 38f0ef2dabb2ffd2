import { rollUp, settle } from '@heed/db'
import type { Stage } from './stage.ts'

/**
 * What the roll-up job costs for each response, CPU of this process and of PostgreSQL, in microseconds: finding the
 * answers that their visitor gave again and counting an hour for the reports, of everything that the rounds have stored,
 * with the hour taken as over.
 */
export async function rollUpCost({ db, postgresCpu, count }: Stage): Promise<number> {
  const responses = await count('responses')
  const until = new Date(Math.ceil((Date.now() + 1) / 3_600_000) * 3_600_000)
  const postgresBefore = await postgresCpu()
  const ownBefore = process.cpuUsage()
  await settle(db, { until })
  await rollUp(db, { until })
  const { user, system } = process.cpuUsage(ownBefore)
  return ((await postgresCpu()) - postgresBefore + (user + system) / 1e6) * (1e6 / responses)
}
