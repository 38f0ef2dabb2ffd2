import type { SurveyRules } from '@heed/contract'
import { type Facts, isVisitShown, mayMeet } from '@heed/targeting'
import type { PageContext } from './api-types.ts'
import { memory, readMemory } from './memory.ts'
import { options, rules } from './settings.ts'

/** What `set()`, `page()` and `identify()` gave. */
export let context: PageContext & { subject?: string } = {}

export const addContext = (given: typeof context | undefined): void => {
  context = { ...context, ...given }
}
export const clearContext = (): void => {
  context = {}
}

/** Languages to try, the page's own wish first. */
export const wantedLocales = (): string[] => [
  options.lang ?? document.documentElement.lang,
  ...navigator.languages,
]

/** What a decision rests on at this moment. The keeper adds to the context what the rules about the visitor see. */
export const factsNow = (): Facts => {
  const nowMs = Date.now()
  // Other tabs may have shown a survey since.
  readMemory()
  return {
    url: location.href,
    nowMs,
    seed: memory.id as string,
    memory,
    sessionShown: isVisitShown(memory, nowMs),
    context: context as Record<string, unknown>,
  }
}

export const mayMeetNow = (survey: SurveyRules): boolean => mayMeet(rules, survey, factsNow())
