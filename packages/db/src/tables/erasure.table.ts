/** Somebody whose answers were erased, for as long as more of them may come. */
export interface ErasureTable {
  project_id: string
  kind: 'visitor' | 'subject'
  /** The visitor's or subject's id. */
  person: string
  /** What was answered later stays. */
  erased_at: Date
}

/** A response that was erased: nothing that comes with its id stays. */
export interface ErasedResponseTable {
  project_id: string
  id: string
  erased_at: Date
}
