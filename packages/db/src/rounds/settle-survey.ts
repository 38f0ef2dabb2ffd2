import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { SurveyKey } from '../rollups/roll-survey.ts'
import { roundSecondsOf } from './round-seconds.ts'
import { judgeNew, judgeVisitors, type Rounds } from './superseded.ts'

// One visitor counts once in a round of a survey, with the last answer. Which that is, is told behind the requests: the
// insert would have to look for earlier ones. It is exact, whoever writes meanwhile, for these reasons:
//
// - A new response is looked at when no other can come in before it any more (`until`, from closed-hours.ts), once.
// - A change that may alter which response counts leaves a mark with the visitor in the same transaction
//   (mark-unsettled.ts, store-statement.ts). The transaction below first takes the marks it sees and then reads the
//   responses, so it sees the change of every mark that it took; a change that commits later keeps its mark.
// - Only who holds the survey's row in rolled_surveys sets the flag, and everybody else skips it.
// - A flag that is set in an hour that is over marks the hour (mark-changed-hours.ts), so histograms stay exact.

const visitorsAtOnce = 500
const responsesAtOnce = 2_000

/** Looks at what is new before `until` and at marked visitors. `busy`: another process is at it. `more`: call again. */
export async function settleSurvey(
  db: Kysely<Database>,
  survey: SurveyKey,
  until: Date,
): Promise<'done' | 'more' | 'busy'> {
  const ofSurvey = sql<boolean>`project_id = ${survey.projectId} and survey_id = ${survey.surveyId}`
  return db.transaction().execute(async (trx) => {
    // A clock that was set back: what comes in now comes before what was looked at, and is new all the same.
    const own = await sql<{ from: string }>`
      select case when settled_until > now() then ${until} else settled_until end::text as "from"
      from rolled_surveys where ${ofSurvey} for update skip locked`.execute(trx)
    const [place] = own.rows
    if (!place) return 'busy'
    const marked = await sql<{ visitor: string }>`
      with taken as (
        delete from unsettled_visitors where ${ofSurvey} and visitor in (
          select distinct visitor from unsettled_visitors where ${ofSurvey} order by visitor limit ${visitorsAtOnce}
        ) returning visitor
      )
      select distinct visitor from taken`.execute(trx)
    const visitors = marked.rows.map(({ visitor }) => visitor)
    // As text: a JavaScript Date would cut microseconds off, and responses of one moment belong together.
    const next = await sql<{ end: string; isLast: boolean }>`
      select least(${until}, beyond.at)::text as "end", beyond.at is null as "isLast" from (
        select (
          select greatest(received_at, ${place.from}::timestamptz + interval '1 microsecond') from responses
          where ${ofSurvey} and received_at >= ${place.from}::timestamptz and received_at < ${until}
          order by received_at offset ${responsesAtOnce} limit 1
        ) as at
      ) beyond`.execute(trx)
    const [stretch] = next.rows
    if (!stretch) throw new Error('a query for one row gave none')
    const from = sql`${place.from}::timestamptz`
    // Two processes may know different ends; nobody goes back.
    const end = sql`greatest(${stretch.end}::timestamptz, ${from})`
    const rounds = await readRounds(trx, survey)
    if (visitors.length > 0) await judgeVisitors(rounds, end, visitors).execute(trx)
    await judgeNew(rounds, from, end, visitors).execute(trx)
    await sql`update rolled_surveys set settled_until = ${end} where ${ofSurvey} and settled_until <> ${end}`.execute(
      trx,
    )
    return stretch.isLast && visitors.length < visitorsAtOnce ? 'done' : 'more'
  })
}

/** Looks at every response again that has been looked at before. The caller holds the survey's row. */
export async function resettleSurvey(trx: Transaction<Database>, survey: SurveyKey): Promise<void> {
  const end = sql`(select settled_until from rolled_surveys
    where project_id = ${survey.projectId} and survey_id = ${survey.surveyId})`
  await judgeVisitors(await readRounds(trx, survey), end).execute(trx)
}

async function readRounds(trx: Transaction<Database>, survey: SurveyKey): Promise<Rounds> {
  const published = await trx
    .selectFrom('survey_versions')
    .select(['version', 'definition'])
    .where('project_id', '=', survey.projectId)
    .where('survey_id', '=', survey.surveyId)
    .execute()
  const rounds = published.flatMap(({ version, definition }) => {
    const seconds = roundSecondsOf(definition)
    return seconds === undefined ? [] : [{ version, seconds }]
  })
  return {
    ...survey,
    versions: rounds.map(({ version }) => version),
    seconds: rounds.map(({ seconds }) => seconds),
  }
}
