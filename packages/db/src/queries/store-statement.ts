import { markChangedHours } from '../rollups/mark-changed-hours.ts'

// The text of storeBatch. The recordsets name their columns as the row types do (rows.ts).
// Hand-written: json_to_recordset with one text a kind was the cheapest way to hand over a batch.

const responses = (parameter: string) => `
  insert into responses as stored (
    project_id, id, survey_id, survey_version, seq, occurred_at, locale, device, country, page, event, trigger,
    visitor, subject, subject_verified, completed, nps, csat, ces, gcr, answers, timing, context, test)
  select "projectId", id, "surveyId", "surveyVersion", seq, now() - "ageMs" * interval '1 millisecond',
    locale, device, country, page, event, trigger, visitor, subject, "subjectVerified", completed,
    nps, csat, ces, gcr, answers, timing, context, test
  from json_to_recordset(${parameter}::json) as given (
    "projectId" text, id uuid, "surveyId" text, "surveyVersion" int, seq int, "ageMs" float8, locale text,
    device text, country text, page text, event text, trigger text, visitor text, subject text,
    "subjectVerified" boolean, completed boolean, nps smallint, csat smallint, ces smallint, gcr smallint,
    answers jsonb, timing jsonb, context jsonb, test boolean)
  on conflict (project_id, id) do update set
    survey_version = excluded.survey_version, seq = excluded.seq, updated_at = now(), locale = excluded.locale,
    device = excluded.device, country = excluded.country, page = excluded.page, event = excluded.event,
    trigger = excluded.trigger, visitor = excluded.visitor, subject = excluded.subject,
    subject_verified = excluded.subject_verified, completed = excluded.completed,
    nps = excluded.nps, csat = excluded.csat, ces = excluded.ces, gcr = excluded.gcr,
    answers = excluded.answers, timing = excluded.timing, context = excluded.context
  where not stored.completed and excluded.seq > stored.seq and stored.survey_id = excluded.survey_id
    and stored.received_at > now() - interval '24 hours'
  returning project_id, id, survey_id, received_at`

// `is distinct from`: a display that reports nothing new is not written again.
const displays = (parameter: string) => `
  insert into displays as stored (
    project_id, id, survey_id, survey_version, states, locale, device, country, page, event, test)
  select "projectId", id, "surveyId", "surveyVersion", states, locale, device, country, page, event, test
  from json_to_recordset(${parameter}::json) as given (
    "projectId" text, id uuid, "surveyId" text, "surveyVersion" int, states int, locale text, device text,
    country text, page text, event text, test boolean)
  on conflict (project_id, id) do update set states = stored.states | excluded.states
  where stored.survey_id = excluded.survey_id and stored.states | excluded.states <> stored.states`

const losses = (parameter: string) => `
  insert into losses (project_id, id, reason, count)
  select "projectId", id, reason, count
  from json_to_recordset(${parameter}::json) as given ("projectId" text, id uuid, reason text, count int)
  on conflict (project_id, id) do nothing`

/**
 * One statement for the kinds that a batch has; each that is left out saves its start-up cost. The order (responses,
 * displays, losses) is the order of locking and the same in every variant. Rows: key of each changed response.
 */
export function storeStatement(hasResponses: boolean, hasDisplays: boolean, hasLosses: boolean) {
  const kinds = [
    { name: 'r', has: hasResponses, insert: responses },
    { name: 'd', has: hasDisplays, insert: displays },
    { name: 'l', has: hasLosses, insert: losses },
  ].filter(({ has }) => has)
  const name = `heed_store_${kinds.map((kind) => kind.name).join('')}`
  const parts = kinds.map((kind, index) => ({ name: kind.name, text: kind.insert(`$${index + 1}`) }))
  const [first, ...others] = parts
  if (!first) throw new TypeError('an empty batch has no statement')
  // PostgreSQL runs the main statement to its end, which reads all of `r`; then the WITH statements that it does not
  // read, the last one first. Marks of changed hours lock nothing that anybody else has.
  const rest = others.reverse()
  if (!hasResponses && rest.length === 0) return { name, text: first.text }
  const withs = hasResponses ? [first, { name: 'm', text: markChangedHours('r') }, ...rest] : rest
  const main = hasResponses ? `select project_id || ' ' || id from r` : first.text
  return { name, text: `with ${withs.map((part) => `${part.name} as (${part.text})`).join(', ')} ${main}` }
}
