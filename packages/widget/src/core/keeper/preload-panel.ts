import type { SurveyRules } from '@heed/contract'
import { options } from './link.ts'

const preloaded = new Set<string>()

/**
 * Asks the browser to have the panel ready, and what these surveys need beside it, without running any of it. A strict
 * policy wants the nonce for that.
 */
export const preloadPanel = (surveys: SurveyRules[]): void => {
  if ((navigator as { connection?: { saveData?: boolean } }).connection?.saveData) return
  for (const name of ['panel', ...surveys.flatMap(({ parts = [] }) => parts)]) {
    if (preloaded.has(name)) continue
    preloaded.add(name)
    const link = document.createElement('link')
    link.rel = 'modulepreload'
    link.href = new URL(`${name}.js`, import.meta.url).href
    link.crossOrigin = ''
    link.nonce = options.nonce ?? ''
    document.head.append(link)
  }
}
