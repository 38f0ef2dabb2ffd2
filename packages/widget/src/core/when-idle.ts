import { after, listen } from './listen.ts'

/** Given to the page's main thread to come to rest, and to a page whose `load` never comes. */
const restMs = 3_000
const loadMs = 10_000

/**
 * Runs once the page has loaded and is at rest; where it is only prerendered, once it is looked at. May run twice: the
 * caller keeps count.
 */
export const whenIdle = (run: () => void, signal: AbortSignal): void => {
  // WebKit has no requestIdleCallback; the options are no delay, so that its timer runs at once.
  const idle = () => (window.requestIdleCallback ?? setTimeout)(run, { timeout: restMs } as never)
  if ((document as { prerendering?: boolean }).prerendering)
    listen(document, 'prerenderingchange', idle, signal)
  else if (document.readyState === 'complete') idle()
  else {
    listen(window, 'load', idle, signal)
    after(loadMs, idle, signal)
  }
}
