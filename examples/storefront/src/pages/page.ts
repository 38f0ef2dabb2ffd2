import type { Tell } from '../data-layer.ts'
import type { Html } from '../html.ts'

/** What a page hands to the layout. */
export interface Page {
  title: string
  main: Html
  /** Told to the tag manager after page_view, in order. */
  tells?: Tell[]
  /** The checkout's step; such a page has the checkout's header. */
  step?: number
  /** @default 200 */
  status?: number
}
