import type { LossReason } from '@heed/contract'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'
import { type Period, within } from './period.ts'

/** How many answers devices reported lost, by reason; reasons without any are left out. */
export async function countLosses(
  db: Kysely<Database>,
  projectId: string,
  period: Period,
): Promise<Partial<Record<LossReason, number>>> {
  const rows = await db
    .selectFrom('losses')
    .select(['reason', sql<number>`sum(count)::float8`.as('lost')])
    .where('project_id', '=', projectId)
    .where(within(sql.ref('received_at'), period))
    .groupBy('reason')
    .execute()
  return Object.fromEntries(rows.map((row) => [row.reason, row.lost]))
}
