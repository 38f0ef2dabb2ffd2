import { suspiciousFrom } from '@heed/contract'
import { markChangedHours } from '../rollups/mark-changed-hours.ts'
import { type Column, commentColumns, responseColumns } from './response-columns.ts'

// The text of storeBatch. It writes through views that show no row (migration 0008), with which the role `ingest` needs
// no right to read.
// What every response has comes as arrays in binary form, one a column, which PostgreSQL reads for a seventh less of the
// whole than one text of JSON with jsonb_to_recordset (and that for less than json, or arrays as text). The rest is seldom
// there and comes as JSON; those recordsets name their columns as the row types do (rows.ts).

/** `given`: the rows, with the columns of `responseColumns`. */
const responses = (given: string) => `
  insert into incoming_responses as stored (
    project_id, id, survey_id, survey_version, seq, occurred_at, locale, device, country, page, event, trigger,
    visitor, subject, subject_verified, completed, nps, csat, ces, gcr, answers, timing, context, test,
    suspicion, suspicion_reasons, suspicious)
  select project_id, id, survey_id, survey_version, seq, now() - age_ms * interval '1 millisecond',
    locale, device, country, page, event, trigger, visitor, subject, subject_verified, completed,
    nps, csat, ces, gcr, answers, timing, context, test,
    coalesce(suspicion, 0), string_to_array(suspicion_reasons, ','), coalesce(suspicion, 0) >= ${suspiciousFrom}
  from ${given}
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
const comments = (given: string) => `
  insert into incoming_comments (project_id, id, survey_id, received_at, seq, words)
  select r.project_id, r.id, r.survey_id, r.received_at, r.seq, given.words::tsvector
  from ${given} join r on r.project_id = given.project_id and r.id = given.id
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

interface Part {
  name: string
  /** How many parameters it has. */
  width: number
  /** Its text when the parameters begin with this number. */
  insert(first: number): string
}

const fromArrays = (
  name: string,
  columns: readonly Column<never>[],
  insert: (given: string) => string,
): Part => ({
  name,
  width: columns.length,
  insert(first) {
    const arrays = columns.map(({ type }, index) => `$${first + index}::${type}[]`)
    return insert(
      `unnest(${arrays.join(', ')}) as given (${columns.map((column) => column.name).join(', ')})`,
    )
  },
})

const fromJson = (name: string, insert: (parameter: string) => string): Part => ({
  name,
  width: 1,
  insert: (first) => insert(`$${first}`),
})

const parts: Record<keyof BatchKinds, Part> = {
  responses: fromArrays('r', responseColumns, responses),
  growth: fromJson('g', growth),
  comments: fromArrays('c', commentColumns, comments),
  displays: fromJson('d', displays),
  losses: fromJson('l', losses),
}
const kinds = ['responses', 'growth', 'comments', 'displays', 'losses'] as const

const statements = new Map<string, string>()

/**
 * One statement for the kinds that a batch has; each that is left out saves its start-up cost. The order (responses,
 * growth, comments, displays, losses) is the order of locking and the same in every variant. With responses, the last parameter
 * is their number. Rows: `allChanged`, or the key of each response that did change.
 */
export function storeStatement(has: BatchKinds): { name: string; text: string } {
  const given = kinds.filter((kind) => has[kind]).map((kind) => parts[kind])
  const name = `heed_store_${given.map((part) => part.name).join('')}`
  const text = statements.get(name) ?? writeStatement(given, has.responses)
  statements.set(name, text)
  return { name, text }
}

function writeStatement(given: readonly Part[], hasResponses: boolean): string {
  let parameter = 1
  const inserts = given.map(({ name, width, insert }) => {
    const text = insert(parameter)
    parameter += width
    return { name, text }
  })
  const [first, ...others] = inserts
  if (!first) throw new TypeError('an empty batch has no statement')
  const count = `$${parameter}::int`
  const changed = `select '${allChanged}' where (select count(*) from r) = ${count}
    union all select project_id || ' ' || id from r where (select count(*) from r) <> ${count}`
  if (!hasResponses && others.length === 0) return first.text
  // PostgreSQL runs the main statement to its end, which reads all of `r`; then the WITH statements that it does not
  // read, the last one first. Marks of changed hours (`m`) lock nothing that anybody else has.
  const marks = { name: 'm', text: markChangedHours('r', 'incoming_changed_hours') }
  const withs = [...(hasResponses ? [first, marks] : []), ...others.reverse()]
  const main = hasResponses ? changed : first.text
  return `with ${withs.map((part) => `${part.name} as (${part.text})`).join(', ')} ${main}`
}
