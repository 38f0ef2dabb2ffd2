import {
  type CopiedDisplay,
  type CopiedScreenshot,
  displayStates,
  type RejectRecord,
  type ResponseRecord,
} from '@heed/contract'
import { type Kysely, type Selectable, sql } from 'kysely'
import type { Database } from '../database.ts'
import { stateBit } from '../queries/display-state-bits.ts'
import { type RejectRow, rejectColumns, rejectRecord } from '../queries/reject-record.ts'
import { type RecordRow, responseColumns, responseRecord } from '../queries/response-record.ts'
import type { DisplayTable } from '../tables/display.table.ts'
import type { ScreenshotTable } from '../tables/screenshot.table.ts'
import { idsOf, isOf, isRefusedOf, type Person } from './person.ts'

/** One thing that is kept of a person, under the name of its list in `PersonCopy`. */
export type CopiedPart =
  | { list: 'responses'; part: ResponseRecord }
  | { list: 'displays'; part: CopiedDisplay }
  | { list: 'screenshots'; part: CopiedScreenshot }
  | { list: 'rejects'; part: RejectRecord }

const step = 200

/** Everything that is kept of a person, list after list; holds a step or one picture in memory, and no transaction. */
export async function* copyPerson(
  db: Kysely<Database>,
  projectId: string,
  person: Person,
): AsyncGenerator<CopiedPart, void, undefined> {
  const ids = sql`${idsOf.answered(projectId, person)} union ${idsOf.refused(projectId, person)}`
  for await (const row of inSteps<RecordRow>(
    db,
    (after) => sql`
    select ${responseColumns} from (
      select * from responses where ${isOf(projectId, person)} and id > ${after} order by id limit ${step}
    ) r join surveys s on s.project_id = r.project_id and s.id = r.survey_id order by r.id`,
  )) {
    yield { list: 'responses', part: responseRecord(row) }
  }
  for await (const row of inSteps<Selectable<DisplayTable>>(
    db,
    (after) => sql`
    select * from displays where project_id = ${projectId} and id > ${after} and id in (${ids})
    order by id limit ${step}`,
  )) {
    yield { list: 'displays', part: copiedDisplay(row) }
  }
  for await (const { id } of inSteps<{ id: string }>(
    db,
    (after) => sql`
    select response_id as id from screenshots
    where project_id = ${projectId} and response_id > ${after} and response_id in (${ids})
    order by response_id limit ${step}`,
  )) {
    const row = await db
      .selectFrom('screenshots')
      .selectAll()
      .where('project_id', '=', projectId)
      .where('response_id', '=', id)
      .executeTakeFirst()
    if (row) yield { list: 'screenshots', part: copiedScreenshot(row) }
  }
  for await (const row of inSteps<RejectRow>(
    db,
    (after) => sql`
    select ${rejectColumns} from rejects where ${isRefusedOf(projectId, person)} and id > ${after}
    order by id limit ${step}`,
  )) {
    yield { list: 'rejects', part: rejectRecord(row) }
  }
}

async function* inSteps<Row extends { id: string }>(
  db: Kysely<Database>,
  query: (after: string) => ReturnType<typeof sql>,
): AsyncGenerator<Row, void, undefined> {
  let after = '00000000-0000-0000-0000-000000000000'
  while (true) {
    const rows = (await query(after).execute(db)).rows as Row[]
    yield* rows
    const last = rows.at(-1)
    if (!last || rows.length < step) return
    after = last.id
  }
}

function copiedDisplay(row: Selectable<DisplayTable>): CopiedDisplay {
  const { id, locale, device, country, page, event } = row
  return {
    id,
    surveyId: row.survey_id,
    version: row.survey_version,
    receivedAt: row.received_at.toISOString(),
    states: displayStates.filter((state) => row.states & stateBit(state)),
    locale,
    device,
    country,
    page,
    event,
  }
}

function copiedScreenshot(row: Selectable<ScreenshotTable>): CopiedScreenshot {
  const { type, width, height } = row
  return {
    responseId: row.response_id,
    receivedAt: row.received_at.toISOString(),
    type,
    width,
    height,
    image: row.image.toString('base64'),
  }
}
