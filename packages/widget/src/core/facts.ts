import type { PageEvent, ResponseContext } from '@heed/contract'
import { deviceOf, type Facts } from '@heed/targeting'
import { isVisitShown } from './memory.ts'
import { state } from './state.ts'

/** Languages to try, the page's own wish first. */
export const wantedLocales = (): string[] =>
  [state._options.lang, document.documentElement.lang, ...navigator.languages].filter(
    (locale): locale is string => !!locale,
  )

const device = () =>
  deviceOf({
    width: Math.min(screen.width, screen.height),
    touch: matchMedia('(pointer: coarse)').matches,
  })

/** What a decision rests on at this moment. */
export const factsNow = (event?: PageEvent): Facts => ({
  url: location.href,
  nowMs: Date.now(),
  seed: state._memory.id ?? state._seed,
  memory: state._memory,
  sessionShown: isVisitShown(),
  context: { ...state._context, device: device(), locale: wantedLocales()[0], event },
})

/** What travels with an answer: of the query only what the project asked for, of the referrer only its origin. */
export const contextNow = (trigger: string, event: PageEvent | undefined): ResponseContext => {
  const query = location.search
    .slice(1)
    .split('&')
    .filter((part) => state._rules.queryKeys?.includes(part.split('=')[0] as string))
    .join('&')
  return {
    ...state._context,
    url: (location.origin + location.pathname + (query && `?${query}`)).slice(0, 2000),
    referrer: document.referrer.split('/').slice(0, 3).join('/'),
    device: device(),
    viewport: [innerWidth, innerHeight],
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    trigger,
    ...(event && { event }),
  }
}
