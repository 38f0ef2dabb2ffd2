import { commentVector } from '../comments/comment-vector.ts'
import { commentOf, surveyMark } from '../comments/comment-words.ts'
import type { ColumnType } from './array-writer.ts'
import type { ResponseRow } from './rows.ts'

/** One value of each row, under the name that the statement gives it. */
export interface Column<Row> {
  name: string
  type: ColumnType
  read(row: Row): unknown
}

/** How a response travels; `store-statement.ts` reads them by name. */
export const responseColumns: readonly Column<ResponseRow>[] = [
  { name: 'project_id', type: 'text', read: (row) => row.projectId },
  { name: 'id', type: 'uuid', read: (row) => row.id },
  { name: 'survey_id', type: 'text', read: (row) => row.surveyId },
  { name: 'survey_version', type: 'int4', read: (row) => row.surveyVersion },
  { name: 'seq', type: 'int4', read: (row) => row.seq },
  { name: 'age_ms', type: 'float8', read: (row) => row.ageMs },
  { name: 'locale', type: 'text', read: (row) => row.locale },
  { name: 'device', type: 'text', read: (row) => row.device },
  { name: 'country', type: 'text', read: (row) => row.country },
  { name: 'page', type: 'text', read: (row) => row.page },
  { name: 'event', type: 'text', read: (row) => row.event },
  { name: 'trigger', type: 'text', read: (row) => row.trigger },
  { name: 'visitor', type: 'text', read: (row) => row.visitor },
  { name: 'subject', type: 'text', read: (row) => row.subject },
  { name: 'subject_verified', type: 'bool', read: (row) => row.subjectVerified },
  { name: 'completed', type: 'bool', read: (row) => row.completed },
  { name: 'nps', type: 'int2', read: (row) => row.nps },
  { name: 'csat', type: 'int2', read: (row) => row.csat },
  { name: 'ces', type: 'int2', read: (row) => row.ces },
  { name: 'gcr', type: 'int2', read: (row) => row.gcr },
  { name: 'answers', type: 'jsonb', read: (row) => row.answers },
  { name: 'timing', type: 'jsonb', read: (row) => row.timing },
  { name: 'context', type: 'jsonb', read: (row) => row.context },
  { name: 'test', type: 'bool', read: (row) => row.test },
  { name: 'suspicion', type: 'int2', read: (row) => row.suspicion || undefined },
  // unnest takes an array of lists apart; a reason has no comma.
  { name: 'suspicion_reasons', type: 'text', read: (row) => row.suspicionReasons?.join() },
]

export interface CommentRow {
  projectId: string
  id: string
  /** As PostgreSQL reads a tsvector. */
  words: string
}

export const commentColumns: readonly Column<CommentRow>[] = [
  { name: 'project_id', type: 'text', read: (row) => row.projectId },
  { name: 'id', type: 'uuid', read: (row) => row.id },
  { name: 'words', type: 'text', read: (row) => row.words },
]

/** The comments of those responses that have words. */
export function commentRows(rows: readonly ResponseRow[]): CommentRow[] {
  const comments: CommentRow[] = []
  for (const { projectId, id, surveyId, answers, textKeys = [] } of rows) {
    const comment = commentOf(answers, textKeys)
    const words = comment === '' ? '' : commentVector(surveyMark(projectId, surveyId), comment)
    if (words !== '') comments.push({ projectId, id, words })
  }
  return comments
}
