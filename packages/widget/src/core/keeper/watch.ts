import type { SurveyRules, Trigger } from '@heed/contract'
import { mayShow } from '@heed/targeting'
import type { Keeper } from '../keeper-interface.ts'
import { listen } from '../listen.ts'
import { facts } from './facts.ts'
import { rules } from './link.ts'
import { preloadPanel } from './preload-panel.ts'
import { kinds } from './triggers/index.ts'

/** What ends each trigger that is armed in this page view; spent ones stay, so that they are not armed again. */
const armed = new Map<Trigger, AbortController>()
let view: AbortSignal | undefined

const disarm = (trigger: Trigger) => {
  armed.get(trigger)?.abort()
  armed.delete(trigger)
}

/** One ear for the clicks that all surveys of a page view wait for. */
let clicks: AbortController | undefined
const watchClicks = (
  wanted: [survey: SurveyRules, trigger: Extract<Trigger, { on: 'click' }>][],
  fire: (survey: SurveyRules, trigger: Trigger) => void,
) => {
  clicks?.abort()
  clicks = undefined
  if (!wanted.length) return
  clicks = new AbortController()
  const onClick = ({ target }: Event) => {
    for (const [survey, trigger] of wanted) {
      try {
        if ((target as Element).closest(trigger.selector)) fire(survey, trigger)
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
  }
  const able = surveys.filter((survey) => mayShow(rules, survey, facts()))
  const wanted = able.flatMap((survey) => survey.triggers.map((trigger) => ({ survey, trigger })))
  for (const trigger of armed.keys()) if (!wanted.some((one) => one.trigger === trigger)) disarm(trigger)
  for (const { survey, trigger } of wanted) {
    const arm = kinds[trigger.on]
    if (!arm || armed.has(trigger)) continue
    const stop = new AbortController()
    armed.set(trigger, stop)
    const fireOnce = () => {
      if (stop.signal.aborted) return
      stop.abort()
      fire(survey, trigger)
    }
    arm(trigger as never, fireOnce, stop.signal)
  }
  if (wanted.length) preloadPanel()
  watchClicks(
    wanted.flatMap(({ survey, trigger }) => (trigger.on === 'click' ? [[survey, trigger]] : [])),
    fire,
  )
}
