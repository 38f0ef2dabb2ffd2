/**
 * SQL that marks the hours of changed responses, to stand in the statement that changes them: from here to the next run
 * of the job those hours are counted from the rows. `relation` names rows with project_id, survey_id and received_at;
 * whatever updates what is counted, or deletes it, returns them. `into`: the table, or the view of it that ingest has.
 * The time is the statement's, not the transaction's, which may have begun in an hour that is closed by now.
 * An hour that is not over has no histogram: nothing is written for a new response, and seldom for one that grows.
 */
export const markChangedHours = (relation: string, into = 'changed_hours'): string => `
  insert into ${into} (project_id, survey_id, hour)
  select distinct project_id, survey_id, date_trunc('hour', received_at, 'UTC') from ${relation}
  where received_at < (select date_trunc('hour', statement_timestamp(), 'UTC'))`
