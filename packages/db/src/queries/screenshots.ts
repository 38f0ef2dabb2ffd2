import { growthWindowMs } from '@heed/contract'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'
import type { ScreenshotType } from '../tables/screenshot.table.ts'
import { isUuid } from './find-response.ts'

export interface Screenshot {
  type: ScreenshotType
  /** Pixels. */
  width: number
  height: number
  image: Buffer
}

/** Pictures of one project that may wait for their response at a time; whoever makes ids up fills no disk. */
const maxWaiting = 200

/**
 * Stores the picture of a response, the first one for good. `late`: the response is older than it may grow. `full`: too
 * many pictures of the project wait for responses that have not come. Pictures whose response did not come are deleted.
 */
export async function storeScreenshot(
  db: Kysely<Database>,
  projectId: string,
  responseId: string,
  { type, width, height, image }: Screenshot,
): Promise<'stored' | 'duplicate' | 'late' | 'full'> {
  return db.transaction().execute(async (trx) => {
    await dropAbandoned(trx, projectId)
    const response = await trx
      .selectFrom('responses')
      .select(sql<boolean>`received_at <= now() - ${growthWindowMs} * interval '1 millisecond'`.as('is_late'))
      .where('project_id', '=', projectId)
      .where('id', '=', responseId)
      .executeTakeFirst()
    if (response?.is_late) return 'late'
    if (!response && (await countWaiting(trx, projectId)) >= maxWaiting) return 'full'
    const { numInsertedOrUpdatedRows } = await trx
      .insertInto('screenshots')
      .values({
        project_id: projectId,
        response_id: responseId,
        settled: response !== undefined,
        type,
        width,
        height,
        image,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    return numInsertedOrUpdatedRows === 1n ? 'stored' : 'duplicate'
  })
}

/** Undefined for a response that has none, or that the project does not have. */
export async function findScreenshot(
  db: Kysely<Database>,
  projectId: string,
  responseId: string,
): Promise<Screenshot | undefined> {
  if (!isUuid(responseId)) return undefined
  return db
    .selectFrom('screenshots')
    .innerJoin('responses', (join) =>
      join
        .onRef('responses.project_id', '=', 'screenshots.project_id')
        .onRef('responses.id', '=', 'screenshots.response_id'),
    )
    .select(['screenshots.type', 'width', 'height', 'image'])
    .where('screenshots.project_id', '=', projectId)
    .where('response_id', '=', responseId)
    .executeTakeFirst()
}

/** Those that have waited long enough: their response came meanwhile, or it never will. */
async function dropAbandoned(db: Kysely<Database>, projectId: string): Promise<void> {
  const waitedLong = sql<boolean>`screenshots.project_id = ${projectId} and not settled
    and screenshots.received_at < now() - ${growthWindowMs} * interval '1 millisecond'`
  const hasCome = sql<boolean>`exists (select from responses r
    where r.project_id = screenshots.project_id and r.id = screenshots.response_id)`
  await db.updateTable('screenshots').set({ settled: true }).where(waitedLong).where(hasCome).execute()
  await db.deleteFrom('screenshots').where(waitedLong).execute()
}

async function countWaiting(db: Kysely<Database>, projectId: string): Promise<number> {
  const { n } = await db
    .selectFrom('screenshots')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('project_id', '=', projectId)
    .where('settled', '=', false)
    .executeTakeFirstOrThrow()
  return n
}
