import { type Condition, maxPageSize, type ResponsePage, type ResponseRecord } from '@heed/contract'
import { type Kysely, sql } from 'kysely'
import { foundComments } from '../comments/found-comments.ts'
import { resolveResponse } from '../conditions/dimensions.ts'
import { translate } from '../conditions/translate.ts'
import { yes } from '../conditions/value.ts'
import type { Database } from '../database.ts'
import { decodeCursor, encodeCursor, momentOf, type Position } from './cursor.ts'
import { type Period, within } from './period.ts'
import { type RecordRow, responseColumns, responseRecord } from './response-record.ts'

export interface ResponseFilter extends Partial<Period> {
  /** Every survey of the project when absent. */
  surveyId?: string
  /** Over the dimensions of `countScores`. */
  where?: Condition
  /** Only excluded ones, or only the others; both when absent. */
  excluded?: boolean
  /** @default false */
  test?: boolean
  /** Only suspicious ones, or only the others; both when absent. */
  suspicious?: boolean
  /**
   * Only those whose texts hold every word of this one, whatever its case and accents, the last one as a beginning. Of
   * Chinese, Japanese and Korean every two neighbouring characters count as a word. A text without a word finds nothing.
   */
  search?: string
}

export interface PageRequest {
  /** Rows of a page, 1 to 200. @default 50 */
  limit?: number
  /** `nextCursor` of the page before. */
  cursor?: string
}

/**
 * Newest first. Pages do not shift while responses arrive: they are cut by (received_at, id), which never changes.
 * Throws InvalidCursorError, UnknownDimensionError and InvalidConditionError.
 */
export async function listResponses(
  db: Kysely<Database>,
  projectId: string,
  filter: ResponseFilter & PageRequest = {},
): Promise<ResponsePage> {
  const limit = Math.min(Math.max(Math.trunc(filter.limit ?? 50), 1), maxPageSize)
  const after = filter.cursor === undefined ? undefined : decodeCursor(filter.cursor)
  // One more than asked tells whether there is a next page.
  const rows = await readRows(db, projectId, filter, after, limit + 1)
  const data = rows.slice(0, limit)
  const last = data.at(-1)
  return {
    data: data.map(responseRecord),
    nextCursor: last && rows.length > limit ? encodeCursor(positionOf(last)) : null,
  }
}

/** Every response of the filter, newest first, read in steps; holds one step in memory and no transaction. */
export async function* streamResponses(
  db: Kysely<Database>,
  projectId: string,
  filter: ResponseFilter = {},
): AsyncGenerator<ResponseRecord, void, undefined> {
  const step = 500
  let after: Position | undefined
  while (true) {
    const rows = await readRows(db, projectId, filter, after, step)
    yield* rows.map(responseRecord)
    const last = rows.at(-1)
    if (!last || rows.length < step) return
    after = positionOf(last)
  }
}

const positionOf = (row: RecordRow): Position => ({ receivedUs: row.received_us, id: row.id })

async function readRows(
  db: Kysely<Database>,
  projectId: string,
  filter: ResponseFilter,
  after: Position | undefined,
  limit: number,
): Promise<RecordRow[]> {
  const { excluded, suspicious, surveyId } = filter
  const period = { from: filter.from ?? null, to: filter.to ?? null }
  const where = filter.where ? translate(filter.where, resolveResponse) : yes
  const place = sql`${within(sql.ref('received_at'), period)}
    and ${after ? sql`(received_at, id) < (${momentOf(after)}, ${after.id}::uuid)` : yes}`
  const claims = sql`${place} and test = ${filter.test ?? false}
    and ${excluded === undefined ? yes : sql`excluded = ${excluded}`}
    and ${suspicious === undefined ? yes : sql`suspicious = ${suspicious}`} and ${where}`
  if (filter.search !== undefined) {
    const found = await foundComments(db, projectId, surveyId, filter.search)
    if (!found) return []
    // Found for itself: what PostgreSQL concludes from the policies of the other tables would keep it from the index.
    // The limit of one has each response looked up by its key; without, the planner may read all of the project.
    const statement = sql<RecordRow>`
      with c as materialized (
        select id, received_at, seq from comment_search where ${found} and ${place}
      )
      select ${responseColumns} from c
        cross join lateral (
          select * from responses
          where project_id = ${projectId} and id = c.id and seq = c.seq and ${claims} limit 1
        ) r
        join surveys s on s.project_id = r.project_id and s.id = r.survey_id
      order by c.received_at desc, c.id desc limit ${limit}`
    return db.transaction().execute(async (trx) => {
      // The planner does not know what it costs to look for words in a text: it would rather read all of them.
      await sql`select set_config('enable_seqscan', 'off', true)`.execute(trx)
      return (await statement.execute(trx)).rows
    })
  }
  // The index leads with the survey: each survey gives its newest, in order, and the newest of those are the page.
  const { rows } = await sql<RecordRow>`
    select ${responseColumns} from surveys s cross join lateral (
      select * from responses
      where project_id = s.project_id and survey_id = s.id and ${claims}
      order by received_at desc, id desc limit ${limit}
    ) r
    where s.project_id = ${projectId} and ${surveyId === undefined ? yes : sql`s.id = ${surveyId}`}
    order by r.received_at desc, r.id desc limit ${limit}
  `.execute(db)
  return rows
}
