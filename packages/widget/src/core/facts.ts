import type { PageEvent } from '@heed/contract'
import { deviceOf, type Facts } from '@heed/targeting'
import type { PageContext } from './api-types.ts'
import { isVisitShown, memory } from './memory.ts'
import { options } from './settings.ts'

/** What `set()` and `page()` gave. */
export let context: PageContext = {}
/** The last page event that some survey waited for. */
let event: PageEvent | undefined

export const setContext = (given: PageContext): void => {
  context = given
}
export const setEvent = (given: PageEvent): void => {
  event = given
}

/** Languages to try, the page's own wish first. */
export const wantedLocales = (): string[] => [
  options.lang ?? document.documentElement.lang,
  ...navigator.languages,
]

/** What a decision rests on at this moment. */
export const factsNow = (): Facts => ({
  url: location.href,
  nowMs: Date.now(),
  seed: memory.id as string,
  memory,
  sessionShown: isVisitShown(),
  context: {
    ...context,
    device: deviceOf({
      width: Math.min(screen.width, screen.height),
      touch: matchMedia('(pointer: coarse)').matches,
    }),
    locale: wantedLocales()[0],
    event,
  },
})
