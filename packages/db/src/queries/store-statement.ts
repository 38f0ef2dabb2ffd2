import { suspiciousFrom } from '@heed/contract'
import { markChangedHours } from '../rollups/mark-changed-hours.ts'

// The text of storeBatch. The recordsets name their columns as the row types do (rows.ts).
// It writes through views that show no row (migration 0008), with which the role `ingest` needs no right to read.
// Hand-written: jsonb_to_recordset with one text a kind was the cheapest way to hand over a batch. As json, what stands in
// a jsonb column is read twice; arrays, one a column, are dearer for batches of a dozen.

const responses = (parameter: string) => `
  insert into incoming_responses as stored (
    project_id, id, survey_id, survey_version, seq, occurred_at, locale, device, country, page, event, trigger,
    visitor, subject, subject_verified, completed, nps, csat, ces, gcr, answers, timing, context, test,
    suspicion, suspicion_reasons, suspicious)
  select "projectId", id, "surveyId", "surveyVersion", seq, now() - "ageMs" * interval '1 millisecond',
    locale, device, country, page, event, trigger, visitor, subject, "subjectVerified", completed,
    nps, csat, ces, gcr, answers, timing, context, test,
    coalesce(suspicion, 0), "suspicionReasons", coalesce(suspicion, 0) >= ${suspiciousFrom}
  from jsonb_to_recordset(${parameter}::jsonb) as given (
    "projectId" text, id uuid, "surveyId" text, "surveyVersion" int, seq int, "ageMs" float8, locale text,
    device text, country text, page text, event text, trigger text, visitor text, subject text,
    "subjectVerified" boolean, completed boolean, nps smallint, csat smallint, ces smallint, gcr smallint,
    answers jsonb, timing jsonb, context jsonb, test boolean, suspicion smallint, "suspicionReasons" text[])
  on conflict (project_id, id) do update set
    survey_version = excluded.survey_version, seq = excluded.seq, updated_at = now(), locale = excluded.locale,
    device = excluded.device, country = excluded.country, page = excluded.page, event = excluded.event,
    trigger = excluded.trigger, visitor = excluded.visitor, subject = excluded.subject,
    subject_verified = excluded.subject_verified, completed = excluded.completed,
    nps = excluded.nps, csat = excluded.csat, ces = excluded.ces, gcr = excluded.gcr,
    answers = excluded.answers, timing = excluded.timing, context = excluded.context,
    suspicion = greatest(stored.suspicion, excluded.suspicion),
    suspicion_reasons = case when excluded.suspicion > stored.suspicion
      then excluded.suspicion_reasons else stored.suspicion_reasons end,
    suspicious = coalesce(stored.judged_suspicious, stored.suspicious or excluded.suspicious),
    superseded = stored.superseded and stored.visitor is not distinct from excluded.visitor
  where not stored.completed and excluded.seq > stored.seq and stored.survey_id = excluded.survey_id
    and stored.received_at > now() - interval '24 hours'
  returning project_id, id, survey_id, received_at, seq`

// Whose answers are looked at again, because a response that grew has another visitor, another round or may count no
// more; read as of before the growth. Most growth changes none of it. The lateral join keeps to the primary key,
// whatever the planner knows of a young table.
const growth = (parameter: string) => `
  insert into incoming_unsettled_visitors (project_id, survey_id, visitor)
  select stored.project_id, stored.survey_id, whose.visitor
  from jsonb_to_recordset(${parameter}::jsonb) as given (
      "projectId" text, id uuid, visitor text, "surveyVersion" int, suspicion smallint)
    cross join lateral (
      select project_id, survey_id, visitor, survey_version, suspicious from growing_responses
      where project_id = given."projectId" and id = given.id limit 1
    ) stored
    cross join lateral (values (stored.visitor), (given.visitor)) as whose (visitor)
  where whose.visitor is not null and (
    stored.visitor is distinct from given.visitor or stored.survey_version <> given."surveyVersion"
    or given.suspicion >= ${suspiciousFrom} and not stored.suspicious)`

// The words of those responses that were stored. Whoever writes a comment holds the lock of its response already.
const comments = (parameter: string) => `
  insert into incoming_comments (project_id, id, survey_id, received_at, seq, words)
  select r.project_id, r.id, r.survey_id, r.received_at, r.seq, given.words::tsvector
  from jsonb_to_recordset(${parameter}::jsonb) as given ("projectId" text, id uuid, words text)
    join r on r.project_id = given."projectId" and r.id = given.id
  on conflict (project_id, id) do update set seq = excluded.seq, words = excluded.words`

// `is distinct from`: a display that reports nothing new is not written again.
const displays = (parameter: string) => `
  insert into incoming_displays as stored (
    project_id, id, survey_id, survey_version, states, locale, device, country, page, event, test, suspicious)
  select "projectId", id, "surveyId", "surveyVersion", states, locale, device, country, page, event, test,
    coalesce(suspicious, false)
  from jsonb_to_recordset(${parameter}::jsonb) as given (
    "projectId" text, id uuid, "surveyId" text, "surveyVersion" int, states int, locale text, device text,
    country text, page text, event text, test boolean, suspicious boolean)
  on conflict (project_id, id) do update set states = stored.states | excluded.states,
    suspicious = stored.suspicious or excluded.suspicious
  where stored.survey_id = excluded.survey_id
    and (stored.states | excluded.states <> stored.states or excluded.suspicious and not stored.suspicious)`

const losses = (parameter: string) => `
  insert into incoming_losses (project_id, id, reason, count)
  select "projectId", id, reason, count
  from jsonb_to_recordset(${parameter}::jsonb) as given ("projectId" text, id uuid, reason text, count int)
  on conflict (project_id, id) do nothing`

/** The kinds that a batch may have, in the order of the statement's parameters. */
export interface BatchKinds {
  responses: boolean
  /** Responses that may have been there before; only with responses. */
  growth: boolean
  /** Only with responses. */
  comments: boolean
  displays: boolean
  losses: boolean
}

/** Instead of every key: all responses changed, as they nearly always do. */
export const allChanged = 'all'

/**
 * One statement for the kinds that a batch has; each that is left out saves its start-up cost. The order (responses,
 * growth, comments, displays, losses) is the order of locking and the same in every variant. With responses, the last parameter
 * is their number. Rows: `allChanged`, or the key of each response that did change.
 */
export function storeStatement(has: BatchKinds): { name: string; text: string } {
  const parts = [
    { name: 'r', has: has.responses, insert: responses },
    { name: 'g', has: has.growth, insert: growth },
    { name: 'c', has: has.comments, insert: comments },
    { name: 'd', has: has.displays, insert: displays },
    { name: 'l', has: has.losses, insert: losses },
  ]
    .filter((part) => part.has)
    .map(({ name, insert }, index) => ({ name, text: insert(`$${index + 1}`) }))
  const name = `heed_store_${parts.map((part) => part.name).join('')}`
  const [first, ...others] = parts
  if (!first) throw new TypeError('an empty batch has no statement')
  const count = `$${parts.length + 1}::int`
  const changed = `select '${allChanged}' where (select count(*) from r) = ${count}
    union all select project_id || ' ' || id from r where (select count(*) from r) <> ${count}`
  if (!has.responses && others.length === 0) return { name, text: first.text }
  // PostgreSQL runs the main statement to its end, which reads all of `r`; then the WITH statements that it does not
  // read, the last one first. Marks of changed hours (`m`) lock nothing that anybody else has.
  const marks = { name: 'm', text: markChangedHours('r', 'incoming_changed_hours') }
  const withs = [...(has.responses ? [first, marks] : []), ...others.reverse()]
  const main = has.responses ? changed : first.text
  return { name, text: `with ${withs.map((part) => `${part.name} as (${part.text})`).join(', ')} ${main}` }
}
