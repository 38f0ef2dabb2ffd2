import type { SurveyRules, Trigger } from '@heed/contract'
import { asksVisitor, mayMeet } from '@heed/targeting'
import { factsNow } from './facts.ts'
import type { RawEvent } from './keeper-interface.ts'
import { after } from './listen.ts'
import { isVisitShown, memory, remember } from './memory.ts'
import { open } from './open.ts'
import { loadPanel, withKeeper } from './parts.ts'
import { safely } from './safely.ts'
import { rules } from './settings.ts'

/** Ends with the page view. */
let view = new AbortController()
/** Some survey waits, or waited, for more than an event. */
let isWatching = false
/** The latest moment of each survey, from its trigger on; one that is not in here any more is called off. */
const moments = new Map<SurveyRules, object>()

/** The moment of a survey has come; the delay is time enough to load the panel. */
const fire = (survey: SurveyRules, trigger: Trigger, event?: RawEvent) => {
  const moment = {}
  moments.set(survey, moment)
  loadPanel(survey).catch(() => {})
  after(
    trigger.delayMs,
    () => open(survey, trigger.on, event, refresh, () => moments.get(survey) === moment),
    view.signal,
  )
}

/** A page event has happened. */
export const onEvent = (...raw: RawEvent): void => {
  for (const survey of rules.surveys) {
    if (survey.cancelOn?.some(({ name }) => name === raw[0])) moments.delete(survey)
    for (const trigger of survey.triggers)
      if (trigger.on === 'event' && trigger.name === raw[0]) {
        // Only conditions need the event in canonical words before the survey is open.
        if (trigger.where || asksVisitor(survey))
          withKeeper(({ isMatch }) => isMatch(trigger, raw) && fire(survey, trigger, raw))
        else fire(survey, trigger, raw)
      }
  }
}

const onClick = safely(({ target }: Event) => {
  const name = (target as Element).closest<HTMLElement>('[data-heed-event]')?.dataset.heedEvent
  if (name) onEvent(name)
})

/** Hears of the page what the surveys need that may show by what is known now, and nothing else. */
export const refresh = (): void => {
  const facts = factsNow()
  const able = rules.surveys.filter((survey) => mayMeet(rules, survey, facts))
  // The same function is only ever added once.
  for (const { triggers } of able)
    for (const { on } of triggers)
      if (on === 'event') document.addEventListener('click', onClick, { capture: true, signal: view.signal })
      else isWatching ||= on !== 'manual'
  if (isWatching) withKeeper(({ watch }) => watch(able, fire, view.signal))
}

/** Nothing that the last page view armed or began goes on; a survey that is open stays. */
export const endPageView = (): void => {
  view.abort()
  view = new AbortController()
  moments.clear()
}

/** The page has become another one. */
export const startPageView = (): void => {
  endPageView()
  if (isVisitShown()) remember({ ...memory, page: Date.now() })
  refresh()
}
