import type { RedactionKind } from '@heed/contract'

/** A place of a text, end exclusive, and what stands there in its one spelling. */
export interface Span {
  start: number
  end: number
  kind: RedactionKind
  value: string
}
