import { listen } from './listen.ts'

/** The only export of the part `history`, for browsers without the Navigation API. */
export interface HistoryModule {
  /** Calls `check` when the address may have become another one, until the signal aborts. */
  watch(check: () => void, signal: AbortSignal): void
}

/** The history's methods are ours for good, as others may have wrapped them since; in the end they only pass on. */
let isPatched = false
let check: (() => void) | undefined

export const watch: HistoryModule['watch'] = (given, signal) => {
  check = given
  if (!isPatched)
    for (const name of ['pushState', 'replaceState'] as const) {
      const original = history[name]
      // The page's own order first.
      history[name] = function (...args) {
        original.apply(this, args)
        check?.()
      }
    }
  isPatched = true
  signal.addEventListener('abort', () => {
    if (check === given) check = undefined
  })
  listen(window, 'popstate', given, signal)
  // The page may have moved on while this part was on its way.
  given()
}
