import { safely } from '../safely.ts'

/**
 * Calls back when the page's elements come, go or change what selectors mostly ask of them, until the signal aborts.
 * Styles written at every frame of an animation are not among that.
 */
export const onDomChange = (run: () => void, signal: AbortSignal): void => {
  const observer = new MutationObserver(safely(run))
  observer.observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['class', 'hidden', 'id', 'open'],
  })
  signal.addEventListener('abort', () => observer.disconnect())
}
