import { options } from './link.ts'

let isPreloaded = false

/** Asks the browser to have the panel ready, without running it. A strict policy wants the nonce for that. */
export const preloadPanel = (): void => {
  if (isPreloaded || (navigator as { connection?: { saveData?: boolean } }).connection?.saveData) return
  isPreloaded = true
  const link = document.createElement('link')
  link.rel = 'modulepreload'
  link.href = new URL('panel.js', import.meta.url).href
  link.crossOrigin = ''
  link.nonce = options.nonce ?? ''
  document.head.append(link)
}
