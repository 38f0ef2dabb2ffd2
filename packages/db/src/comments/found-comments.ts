import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Database } from '../database.ts'
import { searchQuery, surveyMark } from './comment-words.ts'

/** Whether a row of `comment_search` is found, of one survey or of all; undefined where the text has no word. */
export async function foundComments(
  db: Kysely<Database>,
  projectId: string,
  surveyId: string | undefined,
  search: string,
): Promise<RawBuilder<boolean> | undefined> {
  const surveys = await db
    .selectFrom('surveys')
    .select('id')
    .where('project_id', '=', projectId)
    .$if(surveyId !== undefined, (query) => query.where('id', '=', surveyId ?? ''))
    .execute()
  const marks = surveys.map(({ id }) => surveyMark(projectId, id))
  const query = searchQuery(search, marks)
  const ofSurvey = surveyId === undefined ? sql`true` : sql`survey_id = ${surveyId}`
  return query === undefined
    ? undefined
    : sql`project_id = ${projectId} and ${ofSurvey} and words @@ ${query}::tsquery`
}
