import { after, listen } from '../../listen.ts'

/** Fires after so many milliseconds without any of these events, in which the page was visible all the time. */
export const rest = (ms: number, inputs: readonly string[], fire: () => void, signal: AbortSignal): void => {
  let lastMs = Date.now()
  let stop: (() => void) | undefined
  const wait = () => {
    stop?.()
    const leftMs = lastMs + ms - Date.now()
    if (leftMs <= 0) fire()
    else if (!document.hidden) stop = after(leftMs, wait, signal)
  }
  // A moving pointer tells of itself at every frame: that only notes the time, and the one timer goes on when it is due.
  const note = () => {
    lastMs = Date.now()
  }
  for (const type of inputs) listen(document, type, note, signal)
  const begin = () => {
    note()
    wait()
  }
  listen(document, 'visibilitychange', begin, signal)
  begin()
}
