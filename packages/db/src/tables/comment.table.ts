/** The words of what a visitor wrote, for search; the text itself stands in the response. */
export interface CommentTable {
  project_id: string
  id: string
  survey_id: string
  /** Of the response. */
  received_at: Date
  /** Of the response that the words were taken from: one that has grown since is not found by them. */
  seq: number
  /** tsvector, as text. */
  words: string
}
