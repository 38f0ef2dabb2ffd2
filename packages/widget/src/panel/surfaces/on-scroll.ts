import { onceAFrame } from './once-a-frame.ts'

/** Runs before a frame in which the page, or any part of it, was scrolled or has another size. */
export function onScroll(run: () => void, signal: AbortSignal): void {
  const soon = onceAFrame(() => signal.aborted || run())
  for (const type of ['scroll', 'resize'])
    addEventListener(type, soon, { capture: true, passive: true, signal })
}
