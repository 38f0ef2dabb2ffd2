import type { SurveyRules } from '@heed/contract'
import { asksVisitor } from '@heed/targeting'
import { type AdaptersModule, signs } from './adapter-interface.ts'
import { mayMeetNow } from './facts.ts'
import { hasGlobal } from './has-global.ts'
import type { Fire, Keeper, NamedTrigger, RawEvent } from './keeper-interface.ts'
import { after, listen } from './listen.ts'
import { countPage, memory } from './memory.ts'
import { open, places } from './open.ts'
import { beginView, heard, view } from './page-view.ts'
import { loadPanel, loadPart, withKeeper, withPart } from './parts.ts'
import { safely } from './safely.ts'
import { life, options, rules } from './settings.ts'

/** Some survey waits, or waited, for more than an event. */
let isWatching = false
/** The latest moment of each survey, from its trigger on; aborting calls it off. */
const moments = new Map<SurveyRules, AbortController>()

/** The moment of a survey has come; the delay is time enough to load the panel. */
const fire: Fire = (survey, trigger, event) => {
  const moment = new AbortController()
  const { signal } = moment
  moments.get(survey)?.abort()
  moments.set(survey, moment)
  // An event stays true on the pages after it; all else is about the page it happened on.
  listen((event ? life : view).signal, 'abort', () => moment.abort(), signal)
  if (mayMeetNow(survey)) {
    loadPanel(survey).catch(() => {})
    if (event && trigger.delayMs) withKeeper(({ hold }) => hold(survey, trigger, event))
  }
  after(trigger.delayMs, () => open(survey, trigger.on, event, refresh, signal), signal)
}

/** A page event has happened. */
export const onEvent = (...raw: RawEvent): void => {
  const [name] = raw
  heard.push(name)
  const met = rules.surveys.flatMap((survey) => {
    if (survey.cancelOn?.some((one) => one.name === name)) moments.get(survey)?.abort()
    return (survey.triggers as NamedTrigger[]).flatMap((trigger) =>
      trigger.name === name ? [[survey, trigger] as const] : [],
    )
  })
  const run = (keeper?: Keeper) => {
    for (const [survey, trigger] of met) if (!keeper || keeper.match(trigger, raw)) fire(survey, trigger, raw)
  }
  // Only conditions and counts need the event in canonical words before the survey is open. Then all of them wait for
  // it, so that the first of the rules stays the first.
  if (met.some(([survey, trigger]) => trigger.where || trigger.count || asksVisitor(survey))) withKeeper(run)
  else run()
}

const onClick = safely(({ target }: Event) => {
  const name = (target as Element).closest<HTMLElement>('[data-heed-event]')?.dataset.heedEvent
  if (name) onEvent(name)
})

/** Hears of the page what the surveys need that may show by what is known now, and nothing else. */
export const refresh = (): void => {
  const able = rules.surveys.filter(mayMeetNow)
  const needs = able.flatMap(({ triggers, cancelOn = [] }) => [...triggers, ...cancelOn] as NamedTrigger[])
  if (needs.some(({ name }) => name)) {
    // The same function is only ever added once, the same adapter only started once.
    document.addEventListener('click', onClick, { capture: true, signal: view.signal })
    const asked = options.adapters ?? rules.adapters
    if (asked || hasGlobal(signs))
      withPart('adapters', ({ start }: AdaptersModule) =>
        start(asked, (...raw) => onEvent(...raw, true), life.signal, loadPart),
      )
  }
  isWatching ||= needs.some(({ on, name }) => !name && on !== 'manual')
  if (isWatching || places.size || memory.pending) withKeeper(({ watch }) => watch(able, fire, view.signal))
}

/** The page has become another one. Nothing that the last view of it armed goes on; a survey that is open stays. */
export const startPageView = (): void => {
  beginView()
  countPage()
  refresh()
}
