/**
 * `@heed/widget/parts`: what an app takes into its own bundle when it is to load nothing later, as in a packaged app:
 * `init({ key, host, parts })`.
 */
import type { Parts } from './parts-type.ts'

/** Every part, by name; the build writes them out. */
declare const HEED_PARTS_BY_NAME: Parts

export const parts: Parts = HEED_PARTS_BY_NAME
