import type { Trigger } from '@heed/contract'
import { rest } from './rest.ts'

/** Scrolling is not among them: carousels scroll by themselves, and visitors who do it use one of these. */
const inputs = ['pointermove', 'pointerdown', 'keydown', 'wheel', 'touchmove']

/** No input for so many seconds while the page is visible. */
export const idle = (
  { seconds }: Extract<Trigger, { on: 'idle' }>,
  fire: () => void,
  signal: AbortSignal,
): void => rest(seconds * 1000, inputs, fire, signal)
