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
): void => target.addEventListener(type, safely(run), { capture: true, passive: true, signal })

/** Runs once after so many milliseconds, at once by default, unless the signal aborts before. Returns how to stop it. */
export const after = (ms: number | undefined, run: () => unknown, signal: AbortSignal): (() => void) => {
  const timer = setTimeout(safely(run), ms)
  const stop = () => clearTimeout(timer)
  signal.addEventListener('abort', stop)
  return stop
}
