import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'
import { openPatient } from '../open-database.ts'
import { closedUntil } from '../rollups/closed-hours.ts'
import type { SurveyKey } from '../rollups/roll-survey.ts'
import { addSurveys, type RollUpOptions } from '../rollups/roll-up.ts'
import { settleSurvey } from './settle-survey.ts'

/** A server that stops waits for the statement under way, so it is a short one. */
const statementTimeoutMs = 10_000

/**
 * Brings up to date which responses are superseded: of one visitor only the last answer of a round counts. About a
 * minute behind what comes in. Any number of processes may run it at once; each takes the surveys that nobody else is
 * at. Returns how many surveys it worked on.
 */
export async function settle(db: Kysely<Database>, options: RollUpOptions = {}): Promise<number> {
  const { signal } = options
  await addSurveys(db)
  const until = options.until ?? (await closedUntil(db))
  if (!until) return 0
  const waiting = await listWaiting(db, until)
  if (waiting.length === 0) return 0
  const patient = openPatient(db, statementTimeoutMs)
  try {
    for (const survey of waiting) {
      let state = 'more'
      while (state === 'more' && !signal?.aborted) state = await settleSurvey(patient, survey, until)
    }
  } finally {
    await patient.destroy()
  }
  return waiting.length
}

async function listWaiting(db: Kysely<Database>, until: Date): Promise<SurveyKey[]> {
  const { rows } = await sql<SurveyKey>`
    select project_id as "projectId", survey_id as "surveyId" from rolled_surveys s
    where exists (
      select from unsettled_visitors u where u.project_id = s.project_id and u.survey_id = s.survey_id
    ) or exists (
      select from responses r where r.project_id = s.project_id and r.survey_id = s.survey_id
        and r.received_at >= s.settled_until and r.received_at < ${until}
    ) or settled_until > now()`.execute(db)
  return rows
}
