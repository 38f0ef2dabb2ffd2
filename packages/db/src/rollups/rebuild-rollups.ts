import { setTimeout as wait } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'
import { openPatient } from '../open-database.ts'
import { resettleSurvey } from '../rounds/settle-survey.ts'
import { endOfClosedHours } from './closed-hours.ts'
import { rollSurvey, type SurveyKey } from './roll-survey.ts'
import { addSurveys } from './roll-up.ts'

/**
 * Throws the histograms away and counts every closed hour again from the rows, of one project or of all; which of them
 * are superseded is found out again too. Reports stay
 * exact meanwhile: they read the rows until a survey is counted again. Returns the number of surveys.
 */
export async function rebuildRollups(db: Kysely<Database>, projectId?: string): Promise<number> {
  const patient = openPatient(db)
  try {
    await addSurveys(patient)
    const { rows } = await sql<SurveyKey>`
      select project_id as "projectId", survey_id as "surveyId" from rolled_surveys
      where ${projectId === undefined ? sql`true` : sql`project_id = ${projectId}`}
      order by project_id, survey_id`.execute(patient)
    for (const survey of rows) await rebuildSurvey(patient, survey)
    return rows.length
  } finally {
    await patient.destroy()
  }
}

/** Nobody waits for one statement here, and each begins a transaction. */
const hoursAtOnce = 24 * 7

async function rebuildSurvey(db: Kysely<Database>, survey: SurveyKey): Promise<void> {
  const ofSurvey = sql<boolean>`project_id = ${survey.projectId} and survey_id = ${survey.surveyId}`
  await db.transaction().execute(async (trx) => {
    // First the row that the job holds, so both lock in the same order.
    await sql`update rolled_surveys set rolled_until = '-infinity' where ${ofSurvey}`.execute(trx)
    await sql`delete from score_hours where ${ofSurvey}`.execute(trx)
    await resettleSurvey(trx, survey)
  })
  let until: Date | undefined
  for (let waits = 0; waits < 600; waits += 1) {
    until ??= await endOfClosedHours(db)
    let state = until ? 'more' : 'busy'
    while (until && state === 'more') state = await rollSurvey(db, survey, until, hoursAtOnce)
    if (state === 'done') return
    // The job of a running server may have taken it up; then it is waited for, not overtaken.
    await wait(100)
  }
  throw new Error(`${survey.surveyId}: somebody else has been writing or counting for a minute; try again`)
}
