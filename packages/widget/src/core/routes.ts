import { listen } from './listen.ts'
import { safely } from './safely.ts'
import { life } from './settings.ts'

/** The address without its hash: shops move through a page by hash, apps also write state without moving. */
const here = () => location.href.split('#')[0]

/** Calls back when the page becomes another one without a load, or returns from the back/forward cache. */
export const watchRoutes = (onRoute: () => void): void => {
  const { signal } = life
  let last = here()
  const check = safely(() => {
    if (signal.aborted || last === here()) return
    last = here()
    onRoute()
  })
  const navigation = (window as { navigation?: EventTarget }).navigation
  if (navigation) listen(navigation, 'currententrychange', check, signal)
  else {
    for (const name of ['pushState', 'replaceState'] as const) {
      const original = history[name]
      history[name] = function (...args) {
        original.apply(this, args)
        check()
      }
    }
    listen(window, 'popstate', check, signal)
  }
  listen(window, 'pageshow', (event) => (event as PageTransitionEvent).persisted && onRoute(), signal)
}
