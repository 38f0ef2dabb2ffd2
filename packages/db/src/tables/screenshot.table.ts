import type { Generated } from 'kysely'

export type ScreenshotType = 'image/png' | 'image/jpeg' | 'image/webp'

/** A picture of the page that came with a response; at most one. */
export interface ScreenshotTable {
  project_id: string
  response_id: string
  received_at: Generated<Date>
  /** The response is here. A picture that waits longer than a day for it is deleted. */
  settled: boolean
  /** Pixels. */
  width: number
  height: number
  type: ScreenshotType
  image: Buffer
}
