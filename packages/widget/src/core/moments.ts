import type { PageEvent, SurveyRules, Trigger } from '@heed/contract'
import { eventMatches, mayShow, pickSurvey } from '@heed/targeting'
import { cancelDisplay, type Moment, open } from './display.ts'
import { factsNow } from './facts.ts'
import { after } from './listen.ts'
import { continueVisit } from './memory.ts'
import { preloadPanel } from './panel-loader.ts'
import { safely } from './safely.ts'
import { state } from './state.ts'
import { kinds } from './triggers/index.ts'

/** Ends with the page view, and with it every moment that belongs to it. */
let view = new AbortController()
/** Triggers armed in this page view, spent ones included. */
const armed = new Map<Trigger, AbortController>()
/** Moments that have come and wait for their delay, and whether it is over. */
const pending = new Map<Moment, boolean>()

const decide = () => {
  const due = [...pending].filter(([, isDue]) => isDue).map(([moment]) => moment)
  for (const moment of due) pending.delete(moment)
  const able = due.filter(({ _survey, _event }) => mayShow(state._rules, _survey, factsNow(_event)))
  const survey = pickSurvey(
    state._rules,
    able.map(({ _survey }) => _survey),
    factsNow(able[0]?._event),
  )
  const moment = able.find(({ _survey }) => _survey === survey)
  if (moment) open(moment, false, refresh)
}

const fire = (survey: SurveyRules, trigger: Trigger, event?: PageEvent) => {
  const moment: Moment = { _survey: survey, _trigger: trigger.on, _event: event }
  pending.set(moment, false)
  // The delay is time enough to load the panel.
  preloadPanel()
  after(
    trigger.delayMs ?? 0,
    () => {
      if (!pending.has(moment)) return
      pending.set(moment, true)
      // Whatever becomes due together is decided together, by priority.
      after(0, decide, view.signal)
    },
    view.signal,
  )
}

const eachTrigger = (run: (trigger: Trigger, survey: SurveyRules) => void) => {
  for (const survey of state._rules.surveys) for (const trigger of survey.triggers) run(trigger, survey)
}

/** A page event has happened. */
export const onEvent = (event: PageEvent): void => {
  const isMeant = ({ _survey }: Moment) => _survey.cancelOn?.some(({ name }) => name === event.name)
  for (const moment of pending.keys()) if (isMeant(moment)) pending.delete(moment)
  cancelDisplay(isMeant)
  eachTrigger((trigger, survey) => {
    if (trigger.on === 'event' && eventMatches(trigger, event)) fire(survey, trigger, event)
  })
}

/** The one ear for clicks, whatever the number of triggers. */
const onClick = safely(({ target }: Event) => {
  const closest = safely((selector: string) => (target as Element).closest<HTMLElement>(selector))
  const name = closest('[data-heed-event]')?.dataset.heedEvent
  if (name) onEvent({ name })
  eachTrigger((trigger, survey) => {
    if (trigger.on === 'click' && armed.has(trigger) && closest(trigger.selector)) fire(survey, trigger)
  })
})

/**
 * Arms the triggers of the surveys that may show by what is known now, and disarms those of the others: a listener or
 * timer exists only while a survey needs it. A trigger that has fired is spent for this page view; clicks and events
 * are not.
 */
export const refresh = (): void => {
  const facts = factsNow()
  for (const survey of state._rules.surveys) {
    const isAble = mayShow(state._rules, survey, facts)
    for (const trigger of survey.triggers) {
      const stop = armed.get(trigger)
      if (isAble && !stop) {
        const stop = new AbortController()
        armed.set(trigger, stop)
        const arm = kinds[trigger.on]
        if (arm) {
          preloadPanel()
          arm(
            trigger as never,
            () => {
              stop.abort()
              fire(survey, trigger)
            },
            stop.signal,
          )
        }
      } else if (!isAble && stop) {
        stop.abort()
        armed.delete(trigger)
      }
    }
  }
  const needsClicks = [...armed.keys()].some(({ on }) => on === 'click' || on === 'event')
  // The same function is only ever added once.
  document[needsClicks ? 'addEventListener' : 'removeEventListener']('click', onClick, true)
}

/** Nothing that the last page view armed or began goes on; a survey that is open stays. */
export const endPageView = (): void => {
  view.abort()
  view = new AbortController()
  for (const stop of armed.values()) stop.abort()
  armed.clear()
  pending.clear()
  cancelDisplay(() => true)
}

/** The page has become another one. */
export const startPageView = (): void => {
  endPageView()
  continueVisit()
  refresh()
}
