import type { SurveyRules, SurveyTexts } from '@heed/contract'
import { chooseLocale } from '@heed/targeting'
import type { PanelExtension, PanelModule } from '../panel-interface.ts'
import { granted } from './consent.ts'
import { factsNow, wantedLocales } from './facts.ts'
import { importPart } from './import-part.ts'
import type { Keeper, KeeperModule } from './keeper-interface.ts'
import { remember } from './memory.ts'
import { heard, viewMs } from './page-view.ts'
import { life, options, rules } from './settings.ts'

/** Promises of the parts that are loaded or on their way. */
const parts: Record<string, Promise<unknown> | undefined> = {}
/** Browsers remember a failed import for its URL (whatwg/html#6768), so another try needs another one. */
let retry = ''

/** Loads a part once; a failure is forgotten, so that the next call tries again. */
export const loadPart = <Part>(name: string): Promise<Part> => {
  parts[name] ??= importPart(name, retry).catch((error) => {
    parts[name] = undefined
    retry += '?'
    throw error
  })
  return parts[name] as Promise<Part>
}

/** The panel, and what this survey needs beside it. */
export const loadPanel = ({ parts = [] }: SurveyRules): Promise<[PanelModule, ...PanelExtension[]]> =>
  Promise.all([loadPart<PanelModule>('panel'), ...parts.map(loadPart<PanelExtension>)])

/** One survey's texts in the visitor's language; immutable, so the second time the browser's cache answers. */
export const loadTexts = async ({ id, version, locales }: SurveyRules): Promise<SurveyTexts> => {
  const { host, key, preview } = options
  const url = `${host}/v1/surveys/${key}/${id}/${version}/${chooseLocale(wantedLocales(), locales)}?v=${HEED_VERSION}${preview ? `&preview=${preview}` : ''}`
  try {
    const response = await fetch(url)
    if (response.ok) return await response.json()
  } catch {}
  // What fails may be a `fetch` of the page's own; the keeper knows a way around it.
  return withKeeper(({ load }) => load<SurveyTexts>(url)) as Promise<SurveyTexts>
}

/** Does something with a part once it is there; undefined when it cannot be had. */
export const withPart = <Part, Result>(
  name: string,
  run: (part: Part) => Result,
): Promise<Awaited<Result> | undefined> =>
  loadPart<Part>(name)
    .then(run)
    .catch(() => undefined) as Promise<Awaited<Result> | undefined>

export const withKeeper = <Result>(run: (keeper: Keeper) => Result): Promise<Awaited<Result> | undefined> =>
  withPart('keeper', ({ connect }: KeeperModule) =>
    run(connect(options, rules, life.signal, granted, factsNow, remember, heard, viewMs, loadPart)),
  )
