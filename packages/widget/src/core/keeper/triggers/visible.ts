import type { Trigger } from '@heed/contract'
import { after } from '../../listen.ts'
import { onDomChange } from '../on-dom-change.ts'

/** Long enough that nobody who scrolls past is meant. */
const momentMs = 1000
/** Steps fine enough to notice when half of an element that is higher than the screen is never in view at once. */
const threshold = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1]

/**
 * At least half of an element, or of the screen where the element is higher than that, was in view for a moment. Of
 * several elements the first; one that comes later counts, also in place of one that has gone.
 */
export const visible = (
  { selector }: Extract<Trigger, { on: 'visible' }>,
  fire: () => void,
  signal: AbortSignal,
): void => {
  let element: Element | null = null
  let stop: (() => void) | undefined
  const wait = () => {
    stop?.()
    // Observers rest while the tab is hidden, timers do not.
    stop = after(momentMs, () => (document.hidden ? wait() : fire()), signal)
  }
  const observer = new IntersectionObserver(
    (entries) => {
      const entry = entries.at(-1)
      const height = entry?.rootBounds?.height ?? innerHeight
      const isSeen = entry && (entry.intersectionRatio >= 0.5 || entry.intersectionRect.height >= height / 2)
      if (!isSeen) stop = stop?.() as undefined
      else if (!stop) wait()
    },
    { threshold },
  )
  signal.addEventListener('abort', () => observer.disconnect())
  const look = () => {
    if (element?.isConnected) return
    stop = stop?.() as undefined
    observer.disconnect()
    element = document.querySelector(selector)
    if (element) observer.observe(element)
  }
  look()
  onDomChange(look, signal)
}
