/** Runs after every change of the page's elements. */
export function onPageChange(run: () => void, signal: AbortSignal): void {
  const observer = new MutationObserver(run)
  observer.observe(document, { childList: true, subtree: true })
  signal.addEventListener('abort', () => observer.disconnect())
}
