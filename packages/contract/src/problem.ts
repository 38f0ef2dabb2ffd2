/** An error reply, RFC 9457. `detail` names the thing, the place and the fix. */
export interface Problem {
  type: string
  title: string
  status: number
  /** Stable, for code; the list stands in the API's error table and at `/docs`. */
  code: string
  detail: string
  /** Every wrong place of an invalid input, when there is more than one. */
  errors?: { path: string; message: string }[]
}
