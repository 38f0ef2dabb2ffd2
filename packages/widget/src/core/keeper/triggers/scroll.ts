import type { Trigger } from '@heed/contract'
import { listen } from '../../listen.ts'

/** The visitor scrolled until so many percent of the page have been in view, counted as analytics tools do. */
export const scroll = (
  { percent }: Extract<Trigger, { on: 'scroll' }>,
  fire: () => void,
  signal: AbortSignal,
): void =>
  listen(
    document,
    'scroll',
    () => (scrollY + innerHeight) * 100 >= document.documentElement.scrollHeight * percent && fire(),
    signal,
  )
