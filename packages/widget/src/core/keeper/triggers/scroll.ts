import type { Trigger } from '@heed/contract'
import { listen } from '../../listen.ts'

/** The visitor scrolled until so many percent of the page have been in view, counted as analytics tools do. */
export const scroll = (
  { percent }: Extract<Trigger, { on: 'scroll' }>,
  fire: () => void,
  signal: AbortSignal,
): void => {
  const check = () =>
    (scrollY + innerHeight) * 100 >= document.documentElement.scrollHeight * percent && fire()
  listen(document, 'scroll', check, signal)
  // Somebody quick was there before us, and may not scroll again.
  if (scrollY) check()
}
