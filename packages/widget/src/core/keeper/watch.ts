import type { ExitSign, SurveyRules, Trigger } from '@heed/contract'
import { mayShow } from '@heed/targeting'
import type { Fire, Keeper } from '../keeper-interface.ts'
import { listen } from '../listen.ts'
import { safely } from '../safely.ts'
import { exitSigns } from './exit-signs.ts'
import { facts } from './facts.ts'
import { ended } from './follow.ts'
import { resume } from './hold.ts'
import { rules } from './link.ts'
import { preloadPanel } from './preload-panel.ts'
import { kinds } from './triggers/index.ts'
import { removeStrays } from './when-clear.ts'

/** How often each trigger has fired since the page was loaded; those of events are not watched here. */
export const fires = new WeakMap<Trigger, number>()

/** What ends each trigger that is armed in this page view; spent ones stay, so that they are not armed again. */
const armed = new Map<Trigger, AbortController>()
let view: AbortSignal | undefined

const disarm = (trigger: Trigger) => {
  armed.get(trigger)?.abort()
  armed.delete(trigger)
}

/** What has opened each inline survey in this page view. */
const begun = new Map<SurveyRules, Trigger>()

const begin = (fire: Fire, survey: SurveyRules, trigger: Trigger) => {
  if (survey.display?.kind === 'inline') begun.set(survey, trigger)
  fires.set(trigger, (fires.get(trigger) ?? 0) + 1)
  fire(survey, trigger)
}

/** One ear for the clicks that all surveys of a page view wait for. */
let clicks: AbortController | undefined
const watchClicks = (
  wanted: [survey: SurveyRules, trigger: Extract<Trigger, { on: 'click' }>][],
  fire: Fire,
) => {
  clicks?.abort()
  clicks = undefined
  if (!wanted.length) return
  clicks = new AbortController()
  const onClick = ({ target }: Event) => {
    for (const [survey, trigger] of wanted) {
      try {
        if ((target as Element).closest(trigger.selector)) begin(fire, survey, trigger)
      } catch {
        // Not a selector: only this trigger never fires.
      }
    }
  }
  listen(document, 'click', onClick, clicks.signal)
}

export const watch: Keeper['watch'] = (surveys, fire, signal) => {
  if (signal.aborted) return
  if (signal !== view) {
    view = signal
    const end = () => {
      clicks?.abort()
      for (const trigger of armed.keys()) disarm(trigger)
    }
    end()
    signal.addEventListener('abort', end)
    ended.clear()
    begun.clear()
    removeStrays()
  }
  resume(fire)
  const able = surveys.filter((survey) => mayShow(rules, survey, facts()))
  // The page may have replaced the element that an inline survey stood in. One that is still there stays as it is.
  for (const [survey, { on }] of begun) if (able.includes(survey) && !ended.has(survey)) fire(survey, { on })
  const wanted = able.flatMap((survey) => survey.triggers.map((trigger) => ({ survey, trigger })))
  for (const trigger of armed.keys()) if (!wanted.some((one) => one.trigger === trigger)) disarm(trigger)
  for (const { survey, trigger } of wanted) {
    const arm = kinds[trigger.on]
    if (!arm || armed.has(trigger)) continue
    const stop = new AbortController()
    armed.set(trigger, stop)
    const fireOnce = (sign?: ExitSign) => {
      if (stop.signal.aborted) return
      stop.abort()
      if (sign) exitSigns.set(survey, sign)
      begin(fire, survey, trigger)
    }
    // What is no selector: only this trigger never fires.
    safely(arm)(trigger as never, fireOnce, stop.signal)
  }
  if (wanted.length) preloadPanel(able)
  watchClicks(
    wanted.flatMap(({ survey, trigger }) => (trigger.on === 'click' ? [[survey, trigger]] : [])),
    fire,
  )
}
