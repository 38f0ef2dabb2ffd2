import type { SurveyRules } from '@heed/contract'
import { belongsHere, isPassive } from '@heed/targeting'
import type { Keeper } from '../keeper-interface.ts'
import { listen } from '../listen.ts'
import { safely } from '../safely.ts'
import { rules } from './link.ts'
import { onDomChange } from './on-dom-change.ts'

/** How to take each passive survey from the page. */
const removals = new Map<SurveyRules, () => void>()

/** Removes the passive surveys that do not belong on the page as it is now. */
export const removeStrays = (): void => {
  for (const [survey, remove] of removals)
    if (!belongsHere(rules, survey, location.href)) {
      removals.delete(survey)
      remove()
    }
}

/** Whether it was taken from the page, and so has not been dismissed by the visitor. */
export const isStray = (survey: SurveyRules): boolean => isPassive(survey) && !removals.has(survey)

export const whenClear: Keeper['whenClear'] = (survey, moment, remove) =>
  new Promise((resolve) => {
    if (isPassive(survey)) removals.set(survey, remove)
    const { selector } = survey.display ?? {}
    const stop = new AbortController()
    const settle = (isClear: boolean) => {
      stop.abort()
      resolve(isClear)
    }
    const isHindered = () =>
      document.hidden ||
      document.querySelector('dialog:modal') ||
      (selector && !document.querySelector(selector))
    // What is no selector is never found.
    const check = safely(() => isHindered() || settle(true))
    check()
    if (stop.signal.aborted) return
    listen(moment, 'abort', () => settle(false), stop.signal)
    listen(document, 'visibilitychange', check, stop.signal)
    listen(document, 'close', check, stop.signal)
    // A theme may also remove its dialog without closing it.
    onDomChange(check, stop.signal)
  })
