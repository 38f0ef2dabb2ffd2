import { listen } from './listen.ts'
import { startPageView } from './moments.ts'
import { safely } from './safely.ts'
import { life } from './settings.ts'

/** The address without its hash: shops move through a page by hash, apps also write state without moving. */
const here = () => location.href.split('#')[0]

let last: string | undefined
/** The history's methods are ours for good, as others may have wrapped them since; they then only pass on. */
let isPatched = false

const check = safely(() => {
  if (last === here() || life.signal.aborted) return
  last = here()
  startPageView()
})

/** A page view begins when the page becomes another one without a load, or returns from the back/forward cache. */
export const watchRoutes = (): void => {
  const { signal } = life
  const { navigation } = window as { navigation?: EventTarget }
  last = here()
  if (navigation) listen(navigation, 'currententrychange', check, signal)
  else {
    if (!isPatched)
      for (const name of ['pushState', 'replaceState'] as const) {
        const original = history[name]
        history[name] = function (...args) {
          original.apply(this, args)
          check()
        }
      }
    isPatched = true
    listen(window, 'popstate', check, signal)
  }
  listen(window, 'pageshow', (event) => (event as PageTransitionEvent).persisted && startPageView(), signal)
}
