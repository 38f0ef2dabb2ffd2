import { listen } from './listen.ts'
import { safely } from './safely.ts'
import { state } from './state.ts'

/** The address without its hash: shops move through a page by hash, apps also write state without moving. */
const here = () => location.href.split('#')[0]

/** Calls back when the page becomes another one without a load, or returns from the back/forward cache. */
export const watchRoutes = (onRoute: () => void): void => {
  const { signal } = state._life
  let last = here()
  const check = safely(() => {
    if (last === here()) return
    last = here()
    onRoute()
  })
  const navigation = (window as { navigation?: EventTarget }).navigation
  if (navigation) listen(navigation, 'currententrychange', check, signal)
  else {
    for (const name of ['pushState', 'replaceState'] as const) {
      const original = history[name]
      const patched = function (this: History, ...args: Parameters<History['pushState']>) {
        original.apply(this, args)
        check()
      }
      history[name] = patched
      signal.addEventListener('abort', () => {
        if (history[name] === patched) history[name] = original
      })
    }
    listen(window, 'popstate', check, signal)
  }
  listen(window, 'pageshow', (event) => (event as PageTransitionEvent).persisted && onRoute(), signal)
}
