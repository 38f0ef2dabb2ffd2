import type { SurveyRules, SurveyTexts } from '@heed/contract'
import { chooseLocale } from '@heed/targeting'
import type { PanelModule } from '../panel-interface.ts'
import { wantedLocales } from './facts.ts'
import { state } from './state.ts'

let panel: Promise<PanelModule> | undefined
/** Browsers remember a failed import for its URL (whatwg/html#6768), so another try needs another URL. */
let retry = ''
let isPreloaded = false

const panelUrl = () => `${state._options.host}/${HEED_PANEL_PATH}${retry}`

export const loadPanel = (): Promise<PanelModule> =>
  (panel ??= import(panelUrl()).catch((error) => {
    panel = undefined
    retry += '?'
    throw error
  }))

/** Asks the browser to have the panel ready, without running it. */
export const preloadPanel = (): void => {
  if (isPreloaded || (navigator as { connection?: { saveData?: boolean } }).connection?.saveData) return
  isPreloaded = true
  const link = document.createElement('link')
  link.rel = 'modulepreload'
  link.href = panelUrl()
  link.crossOrigin = ''
  // A strict policy refuses a preload without the nonce.
  link.nonce = state._options.nonce ?? ''
  document.head.append(link)
}

/** One survey's texts in the visitor's language; immutable, so the browser's cache answers the second time. */
export const loadTexts = async ({ id, version, locales }: SurveyRules): Promise<SurveyTexts> => {
  const locale = chooseLocale(wantedLocales(), locales)
  const { host, key } = state._options
  const response = await fetch(`${host}/v1/surveys/${key}/${id}/${version}/${locale}?v=${HEED_VERSION}`, {
    credentials: 'omit',
  })
  if (!response.ok) throw response
  return response.json()
}
