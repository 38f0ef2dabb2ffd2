import type { Trigger } from '@heed/contract'
import { after, listen } from '../../listen.ts'

/** The page has been visible for so many seconds; time in the background does not count. */
export const dwell = (
  { seconds }: Extract<Trigger, { on: 'dwell' }>,
  fire: () => void,
  signal: AbortSignal,
): void => {
  let leftMs = seconds * 1000
  let since = 0
  let stop: (() => void) | undefined
  const update = () => {
    stop?.()
    if (since) leftMs -= Date.now() - since
    since = document.hidden ? 0 : Date.now()
    if (since) stop = after(leftMs, fire, signal)
  }
  listen(document, 'visibilitychange', update, signal)
  update()
}
