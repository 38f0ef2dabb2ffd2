import type { PageEvent, SurveyRules } from '@heed/contract'
import { type PendingMoment, visitMs } from '@heed/targeting'
import type { Fire, Keeper } from '../keeper-interface.ts'
import { listen } from '../listen.ts'
import { heard, life, pageFacts, remember, rules } from './link.ts'
import { toPageEvent } from './page-event.ts'

/** A moment of this page that waits for its delay; the loader keeps the time. */
interface Held extends PendingMoment {
  readonly _survey: SurveyRules
  /** How many events the page had heard when its own came. */
  readonly _heard: number
}

let held: Held[] = []
/** The life in which the end of the page is listened for. */
let heardLife: AbortSignal | undefined

const isCalledOff = ({ cancelOn = [] }: SurveyRules, since: number) =>
  cancelOn.some(({ name }) => heard.includes(name, since))

/**
 * Writes down what still waits, in canonical words only. The page may be gone after it was hidden without a further
 * word; once it is looked at again, what is over or called off is no longer for other pages.
 */
const write = () => {
  const nowMs = Date.now()
  held = held.filter(
    ({ at, delayMs, _survey, _heard }) => nowMs < at + delayMs && !isCalledOff(_survey, _heard),
  )
  const { pending, ...memory } = pageFacts().memory
  if (!held.length) return pending && remember(memory)
  const entries = held.map(({ _survey, on, at, delayMs, event }) => [_survey.id, { on, at, delayMs, event }])
  remember({ ...memory, pending: Object.fromEntries(entries) as Record<string, PendingMoment> })
}

export const hold: Keeper['hold'] = (survey, { on, delayMs = 0 }, event) => {
  if (heardLife !== life) {
    heardLife = life
    held = []
    listen(document, 'visibilitychange', write, life)
    listen(window, 'pagehide', write, life)
  }
  held = held.filter(({ _survey }) => _survey !== survey)
  held.push({
    _survey: survey,
    _heard: heard.lastIndexOf(event[0]) + 1,
    on,
    at: Date.now(),
    delayMs,
    event: toPageEvent(...event),
  })
}

/**
 * Goes on with what other pages have left: as long after its time as it would have waited, and as long as a visit goes
 * on without a page, a moment is still one.
 */
export const resume = (fire: Fire): void => {
  const { pending, ...memory } = pageFacts().memory
  if (!pending) return
  remember(memory)
  for (const [id, { on, at, delayMs, event }] of Object.entries(pending)) {
    const survey = rules.surveys.find((one) => one.id === id)
    const leftMs = at + delayMs - Date.now()
    if (survey && !isCalledOff(survey, 0) && leftMs > -Math.max(visitMs, delayMs))
      fire(survey, { on, delayMs: Math.max(leftMs, 1) }, [event.name, event satisfies PageEvent, true])
  }
}
