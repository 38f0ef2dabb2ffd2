import type { Trigger } from '@heed/contract'
import { after, listen } from '../listen.ts'

const defaultMinSeconds = 5
/** How much of a sign it takes; half as much at high sensitivity. */
const factors = { low: 2, normal: 1, high: 0.5 }
/** A fast scroll up is this share of the screen within `flickMs`. */
const flickShare = 0.6
const flickMs = 400
const idleMs = 30_000
/** A pointer that leaves with a flick is last seen this far from the edge. */
const edgePx = 20

/**
 * The visitor is about to leave. A mouse leaves through the top, towards tabs and address. Touch has no such sign, so
 * three weaker ones stand for it: a fast scroll up (to get at the browser's bar), a return to the tab, no touch for a
 * while.
 */
export const exit = (
  { minSeconds = defaultMinSeconds, sensitivity = 'normal' }: Extract<Trigger, { on: 'exit' }>,
  fire: () => void,
  signal: AbortSignal,
): void => {
  const earliest = Date.now() + minSeconds * 1000
  const factor = factors[sensitivity]
  const leave = () => Date.now() >= earliest && fire()
  if (!matchMedia('(pointer: coarse)').matches) {
    const edge = edgePx / factor
    listen(
      document.documentElement,
      'mouseleave',
      (event) => (event as MouseEvent).clientY < edge && leave(),
      signal,
    )
    return
  }
  let fromY = 0
  let from = 0
  let stop: (() => void) | undefined
  const wait = () => {
    stop?.()
    stop = after(idleMs * factor, leave, signal)
  }
  const touched = () => {
    const now = Date.now()
    if (scrollY > fromY || now - from > flickMs) {
      fromY = scrollY
      from = now
    } else if (fromY - scrollY > innerHeight * flickShare * factor) leave()
    wait()
  }
  for (const type of ['scroll', 'touchstart', 'keydown']) listen(document, type, touched, signal)
  listen(document, 'visibilitychange', () => document.hidden || leave(), signal)
  wait()
}
