import { type RawBuilder, sql } from 'kysely'
import { markChangedHours } from '../rollups/mark-changed-hours.ts'
import type { SurveyKey } from '../rollups/roll-survey.ts'

/** One survey, with the length of the rounds of its versions; a version that is not listed is one round. */
export interface Rounds extends SurveyKey {
  versions: readonly number[]
  seconds: readonly number[]
}

const eligible = sql<boolean>`not excluded and not test and not suspicious`

const ofSurvey = ({ projectId, surveyId }: SurveyKey) =>
  sql<boolean>`r.project_id = ${projectId} and r.survey_id = ${surveyId}`

const roundsTable = ({ versions, seconds }: Rounds) =>
  sql`rounds (version, seconds) as (select * from unnest(${[...versions]}::int[], ${[...seconds]}::float8[]))`

/** Rounds are counted from 1970, UTC; null is the only one. */
const roundOf = sql`floor(extract(epoch from received_at) / seconds)`

/**
 * Gives the responses of `flips` (id, should) their flag and marks their hours. Locked in the order of their keys, as
 * everybody who stores them does, so that nobody waits in a circle; one by one by the primary key, since a planner that
 * knows little of a young table would compare each with every response of the survey.
 */
const setFlags = ({ projectId }: Rounds, flips: RawBuilder<unknown>) => sql`
  locked as materialized (
    select own.id from (select id, should from (${flips}) given order by id) flip cross join lateral (
      select r.id from responses r
      where r.project_id = ${projectId} and r.id = flip.id and r.superseded <> flip.should for no key update
    ) own
  ), flipped as (
    update responses r set superseded = not r.superseded
    where r.project_id = ${projectId} and r.id = any(array(select id from locked))
    returning r.project_id, r.survey_id, r.received_at
  )
  ${sql.raw(markChangedHours('flipped'))}`

/**
 * Which responses before `end` are superseded, from all of them: of these visitors, or of every one.
 * The last eligible one of a visitor in a round counts, every earlier eligible one is superseded, others never are.
 */
export function judgeVisitors(
  survey: Rounds,
  end: RawBuilder<unknown>,
  visitors?: readonly string[],
): RawBuilder<unknown> {
  const whose = visitors ? sql`r.visitor = any(${[...visitors]}::text[])` : sql`r.visitor is not null`
  return sql`with ${roundsTable(survey)}, ${setFlags(
    survey,
    sql`select id, should from (
      select id, superseded, is_eligible and row_number() over (
          partition by visitor, is_eligible, seconds, ${roundOf} order by received_at desc, id desc
        ) > 1 as should
      from (
        select r.id, r.visitor, r.received_at, r.superseded, ${eligible} as is_eligible, rounds.seconds
        from responses r left join rounds on rounds.version = r.survey_version
        where ${ofSurvey(survey)} and ${whose} and r.received_at < ${end}
      ) given
    ) judged where should <> superseded`,
  )}`
}

/**
 * What the responses from `from` to `end`, which nobody has looked at, supersede: among them all but the last of a
 * visitor and round, and the one that counted before. Earlier ones are superseded already, so that one is the newest
 * of its round that counts, and the index has it nearly at once. `judged`: visitors that `judgeVisitors` has seen to.
 */
export function judgeNew(
  survey: Rounds,
  from: RawBuilder<unknown>,
  end: RawBuilder<unknown>,
  judged: readonly string[],
): RawBuilder<unknown> {
  return sql`with ${roundsTable(survey)}, fresh as materialized (
    select r.id, r.visitor, r.received_at, rounds.seconds, ${roundOf} as round
    from responses r left join rounds on rounds.version = r.survey_version
    where ${ofSurvey(survey)} and r.received_at >= ${from} and r.received_at < ${end} and r.visitor is not null
      and r.visitor <> all(${[...judged]}::text[]) and ${eligible}
  ), flips as materialized (
    select id from (
      select id, row_number() over (partition by visitor, seconds, round order by received_at desc, id desc) as place
      from fresh
    ) placed where place > 1
    union all
    select counted.id from (select distinct visitor, seconds, round from fresh) given cross join lateral (
      select r.id from responses r
      where ${ofSurvey(survey)} and r.visitor = given.visitor and r.received_at < ${from}
        and (given.seconds is null or r.received_at >= to_timestamp(given.round * given.seconds))
        and (select rounds.seconds from rounds where rounds.version = r.survey_version)
          is not distinct from given.seconds
        and ${eligible} and not r.superseded
      order by r.received_at desc limit 1
    ) counted
  ), ${setFlags(survey, sql`select id, true as should from flips`)}`
}
