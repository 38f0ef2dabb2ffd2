import type { HistoryModule } from './history.ts'
import { listen } from './listen.ts'
import { startPageView } from './moments.ts'
import { withPart } from './parts.ts'
import { safely } from './safely.ts'
import { life } from './settings.ts'

/** The address without its hash: shops move through a page by hash, apps also write state without moving. */
const here = () => location.href.split('#')[0]

let last: string | undefined

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
  // Browsers from before 2026; the others need not fetch what only these can use.
  else withPart('history', ({ watch }: HistoryModule) => watch(check, signal))
  listen(window, 'pageshow', (event) => (event as PageTransitionEvent).persisted && startPageView(), signal)
}
