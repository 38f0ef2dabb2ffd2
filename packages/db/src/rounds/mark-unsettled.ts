/**
 * SQL that has the answers of the visitors of changed responses looked at again, to stand in the statement that changes
 * them. `relation` names rows with project_id, survey_id and visitor; whatever changes whether a response counts, or
 * deletes one that counted while others of its visitor stay, returns them.
 */
export const markUnsettled = (relation: string): string => `
  insert into unsettled_visitors (project_id, survey_id, visitor)
  select distinct project_id, survey_id, visitor from ${relation} where visitor is not null`
