import type { PageEvent, TriggerKind } from '@heed/contract'

/** What one browser remembers of its visitor, kept as JSON under one storage key, or in memory without consent. */
export interface VisitorMemory {
  /** Random visitor id, only where consent allows. */
  id?: string
  /** When a survey last came up to the visitor. Milliseconds since the epoch, as all times here. */
  last?: number
  /** Nothing shows before this: the visitor chose "later" or "never". */
  until?: number
  /** The visit at hand, or the last one. */
  visit?: Visit
  /** By survey id. */
  surveys?: Record<string, SurveyMemory>
  /** Moments that have come and wait for their delay to end, by survey id. */
  pending?: Record<string, PendingMoment>
}

/**
 * A list, as the loader reads it on every page and names would cost bytes there. `visits` counts all of this browser up
 * to this one, `pages` and `events` (by name, only those that a trigger counts) those of this one; `isShown` when a
 * survey has come up in it.
 */
export type Visit = [
  lastPageMs: number,
  visits: number,
  pages: number,
  isShown?: boolean,
  events?: Record<string, number>,
]

export interface SurveyMemory {
  /** When the survey was shown, oldest first, the last ten. */
  shown?: number[]
  /** When an answer was last given. */
  answered?: number
}

export interface PendingMoment {
  on: TriggerKind
  /** When the event happened. */
  at: number
  delayMs: number
  event: PageEvent
}

/** A visit ends after this long without a page. */
export const visitMs = 1_800_000
/** Length of `shown`, and so the most `times` a frequency can count. */
const maxShown = 10

const note = (memory: VisitorMemory, surveyId: string, change: SurveyMemory): VisitorMemory => ({
  ...memory,
  surveys: { ...memory.surveys, [surveyId]: { ...memory.surveys?.[surveyId], ...change } },
})

/** The memory after a display. The given one is left as it was. `isPassive`: it takes no other survey's place. */
export const noteShown = (
  memory: VisitorMemory,
  surveyId: string,
  nowMs: number,
  isPassive?: boolean,
): VisitorMemory => {
  const shown = [memory.surveys?.[surveyId]?.shown ?? [], nowMs].flat().slice(-maxShown)
  const next = note(memory, surveyId, { shown })
  if (isPassive) return next
  const [last = nowMs, visits = 1, pages = 1, , events] = memory.visit ?? []
  const visit: Visit = events ? [last, visits, pages, true, events] : [last, visits, pages, true]
  return { ...next, last: nowMs, visit }
}

/** The memory after an answer. The given one is left as it was. */
export const noteAnswered = (memory: VisitorMemory, surveyId: string, nowMs: number): VisitorMemory =>
  note(memory, surveyId, { answered: nowMs })

/** The memory after a page view, which belongs to the visit at hand or begins a new one. The given one is left as it was. */
export const notePage = (memory: VisitorMemory, nowMs: number): VisitorMemory => {
  const [last, visits = 0, pages, ...rest] = memory.visit ?? ([] as unknown as Visit)
  return {
    ...memory,
    visit: nowMs - last < visitMs ? [nowMs, visits, pages + 1, ...rest] : [nowMs, visits + 1, 1],
  }
}

/** Whether a survey has come up to the visitor in the visit at hand. */
export const isVisitShown = ({ visit }: VisitorMemory, nowMs: number): boolean =>
  !!(visit?.[3] && nowMs - visit[0] < visitMs)
