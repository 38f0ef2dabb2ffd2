import type { ExitSign, Trigger } from '@heed/contract'
import { after, listen } from '../../listen.ts'
import { rest } from './rest.ts'

const defaultMinSeconds = 5
/** How much of a sign it takes; half as much at high sensitivity. */
const factors = { low: 2, normal: 1, high: 0.5 }
/** A fast scroll up is this share of the screen within `flickMs`. */
const flickShare = 0.6
const flickMs = 400
const idleMs = 30_000
/** A pointer that leaves with a flick is last seen this far from the edge. */
const edgePx = 20
/** By which a hand on a phone shows to be there. */
const touches = ['scroll', 'touchstart', 'keydown']

type Leave = (sign: ExitSign) => void

/** A mouse leaves through the top, towards tabs and address. */
const watchPointer = (factor: number, leave: Leave, signal: AbortSignal) => {
  const edge = edgePx / factor
  const onLeave = (event: Event) => (event as MouseEvent).clientY < edge && leave('pointer')
  listen(document.documentElement, 'mouseleave', onLeave, signal)
}

/**
 * Touch has no such sign, so three weaker ones stand for it: a fast scroll up (to get at the browser's bar), a return to
 * the tab, no touch for a while.
 */
const watchTouch = (factor: number, leave: Leave, signal: AbortSignal) => {
  /** Where the page stood within the last `flickMs`. */
  let places = [{ _at: Date.now(), _y: scrollY }]
  const onScroll = () => {
    const now = Date.now()
    places = [...places.filter(({ _at }) => now - _at <= flickMs), { _at: now, _y: scrollY }]
    if (places.some(({ _y }) => _y - scrollY > innerHeight * flickShare * factor)) leave('scroll')
  }
  listen(document, 'scroll', onScroll, signal)
  listen(document, 'visibilitychange', () => document.hidden || leave('return'), signal)
  rest(idleMs * factor, touches, () => leave('idle'), signal)
}

/** The visitor is about to leave: after `minSeconds` on the page, the sign that the device can give. */
export const exit = (
  { minSeconds = defaultMinSeconds, sensitivity = 'normal' }: Extract<Trigger, { on: 'exit' }>,
  fire: Leave,
  signal: AbortSignal,
): void => {
  const isTouch = matchMedia('(pointer: coarse)').matches
  after(
    minSeconds * 1000,
    () => (isTouch ? watchTouch : watchPointer)(factors[sensitivity], fire, signal),
    signal,
  )
}
