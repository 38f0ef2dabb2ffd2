import { safely } from './safely.ts'

/**
 * Hears an event until the signal aborts. Always passive, we never prevent anything; always capturing, so that a page
 * that stops propagation cannot hide its clicks and a dialog's `close`, which does not bubble, arrives.
 */
export const listen = (
  target: EventTarget,
  type: string,
  run: (event: Event) => unknown,
  signal: AbortSignal,
) => target.addEventListener(type, safely(run), { capture: true, passive: true, signal })

/** Runs once after so many milliseconds unless the signal aborts before; returns how to call it off. */
export const after = (ms: number, run: () => unknown, signal: AbortSignal): (() => void) => {
  const timer = setTimeout(safely(run), ms)
  const stop = () => clearTimeout(timer)
  signal.addEventListener('abort', stop)
  return stop
}
