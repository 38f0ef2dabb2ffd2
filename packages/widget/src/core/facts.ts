import type { Facts } from '@heed/targeting'
import type { PageContext } from './api-types.ts'
import { isVisitShown, memory } from './memory.ts'
import { options } from './settings.ts'

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
export const factsNow = (): Facts => ({
  url: location.href,
  nowMs: Date.now(),
  seed: memory.id as string,
  memory,
  sessionShown: isVisitShown(),
  context: context as Record<string, unknown>,
})
