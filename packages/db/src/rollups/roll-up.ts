import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'
import { openPatient } from '../open-database.ts'
import { endOfClosedHours } from './closed-hours.ts'
import { rollSurvey, type SurveyKey } from './roll-survey.ts'

/** A server that stops waits for the statement under way, so it is a short one. */
const statementTimeoutMs = 10_000
/** What takes too long is tried hour by hour. */
const stretches = { normal: 24, small: 1 }

export interface RollUpOptions {
  /** Ends the run after the transaction under way. */
  signal?: AbortSignal
  /** Hours before this one are closed. @default what the database's clock and transactions say */
  until?: Date
}

/**
 * Brings the histograms of every survey up to date: closed hours that have none, and hours with changes. Any number of
 * processes may run it at once; each takes the surveys that nobody else is at. Returns how many surveys it worked on.
 */
export async function rollUp(db: Kysely<Database>, options: RollUpOptions = {}): Promise<number> {
  const { signal } = options
  await addSurveys(db)
  const until = options.until ?? (await endOfClosedHours(db))
  if (!until) return 0
  const waiting = await listWaiting(db, until)
  if (waiting.length === 0) return 0
  const patient = openPatient(db, statementTimeoutMs)
  try {
    for (const survey of waiting) {
      let hours = stretches.normal
      let state = 'more'
      while (state === 'more' && !signal?.aborted) {
        state = await rollSurvey(patient, survey, until, hours).catch((error: unknown) => {
          if (!isTimeout(error) || hours === stretches.small) throw error
          hours = stretches.small
          return 'more'
        })
      }
    }
  } finally {
    await patient.destroy()
  }
  return waiting.length
}

const isTimeout = (error: unknown) => error instanceof Error && 'code' in error && error.code === '57014'

/** Surveys are few and made seldom; the conflict is another process doing the same. */
export async function addSurveys(db: Kysely<Database>): Promise<void> {
  await sql`
    insert into rolled_surveys (project_id, survey_id)
    select project_id, id from surveys s
    where not exists (
      select from rolled_surveys r where r.project_id = s.project_id and r.survey_id = s.id
    )
    on conflict do nothing`.execute(db)
}

async function listWaiting(db: Kysely<Database>, until: Date): Promise<SurveyKey[]> {
  const { rows } = await sql<SurveyKey>`
    select project_id as "projectId", survey_id as "surveyId" from rolled_surveys r
    where rolled_until <> ${until} or exists (
      select from changed_hours c where c.project_id = r.project_id and c.survey_id = r.survey_id
    )`.execute(db)
  return rows
}
