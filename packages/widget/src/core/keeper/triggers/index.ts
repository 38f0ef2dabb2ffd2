import type { ExitSign, Trigger } from '@heed/contract'
import { dwell } from './dwell.ts'
import { exit } from './exit.ts'
import { idle } from './idle.ts'
import { nth } from './nth.ts'
import { scroll } from './scroll.ts'
import { visible } from './visible.ts'

/** Arms a trigger: it calls `fire` when its moment has come, and ends with the signal. */
type Arm = (trigger: never, fire: (sign?: ExitSign) => void, signal: AbortSignal) => void

/**
 * Triggers that each watch the page for themselves. Clicks share one ear, events come from the loader, `manual` waits
 * for a call; a kind that this version does not know is ignored.
 */
export const kinds: { [kind in Trigger['on']]?: Arm } = {
  page: (_trigger, fire) => fire(),
  scroll,
  dwell,
  idle,
  visible,
  exit,
  nth,
}
