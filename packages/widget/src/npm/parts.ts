/**
 * `@heed/widget/parts`: what an app takes into its own bundle when it may not load anything later, as in a packaged app:
 * `init({ key, host, parts })`.
 */
import * as keeper from '../entries/keeper.ts'
import * as more from '../entries/more.ts'
import * as panel from '../entries/panel.ts'
import * as surfaces from '../entries/surfaces.ts'
import type { Parts } from './part-names.ts'

/** What the engine would otherwise import when it is needed. */
export const parts: Required<Parts> = { keeper, more, panel, surfaces }
