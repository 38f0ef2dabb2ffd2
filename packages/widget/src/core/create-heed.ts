import type { ProjectRules } from '@heed/contract'
import type { Heed, HeedEventDetail, HeedMethods, HeedOptions, PageContext } from './api-types.ts'
import { granted, ownConsent } from './consent.ts'
import { hearConsentPlatforms } from './consent-platforms.ts'
import { tapDataLayer } from './data-layer.ts'
import { addContext, clearContext, context } from './facts.ts'
import { listen } from './listen.ts'
import { eachKept, forget, joinMemory, memory, remember } from './memory.ts'
import { onEvent, refresh, startPageView } from './moments.ts'
import { close, open } from './open.ts'
import { beginView } from './page-view.ts'
import { withKeeper } from './parts.ts'
import { watchRoutes } from './routes.ts'
import { safely } from './safely.ts'
import { beginLife, endLife, life, options, rules, setRules } from './settings.ts'
import { whenIdle } from './when-idle.ts'

/** The one Heed of a page. Touches nothing until `init`, so it may be made on a server. Without rules it fetches them. */
export const createHeed = (inlined: ProjectRules | null, defaults: Partial<HeedOptions>): Heed => {
  /** 0 before `init`, 1 after it, 2 when the rules are asked for. */
  let stage = 0
  let setReady: () => void
  const ready = new Promise<void>((resolve) => {
    setReady = resolve
  })
  const whenReady = <Result>(run: () => Result) => ready.then(safely(run)) as Promise<Awaited<Result>>

  /**
   * Does what consent says about storage from now on. Where it is given, what this page knows joins what was kept
   * before; where it was taken back, everything kept goes, while unsent answers stay in memory.
   */
  const applyConsent = (isWithdrawn: boolean) => {
    if (granted('storage')) {
      joinMemory()
      eachKept((_store, name) => name.includes('.r.') && withKeeper(({ recover }) => recover()))
    } else if (isWithdrawn) {
      forget()
      eachKept((store, name) => store.removeItem(name))
    }
    refresh()
  }
  const changeConsent = (isWithdrawn: boolean) => whenReady(() => applyConsent(isWithdrawn))

  const boot = async () => {
    if (stage > 1) return
    stage = 2
    const { signal } = life
    // `?heed=debug` or a preview link: the keeper sees to it.
    const isPlain = !location.search.includes('heed=')
    const found = (isPlain && inlined) || (await withKeeper(({ fetchRules }) => fetchRules(heed, inlined)))
    if (signal.aborted || !found) return
    setRules(found)
    forget()
    if (rules.surveys.length) {
      tapDataLayer((...raw) => whenReady(() => onEvent(...raw)), changeConsent)
      watchRoutes()
    }
    hearConsentPlatforms(changeConsent)
    applyConsent(options.consent === 'denied')
    startPageView()
    setReady()
  }

  const methods: HeedMethods = {
    init(given) {
      const all = { ...defaults, ...given }
      if (stage || !all.key) return
      stage = 1
      beginLife(all)
      whenIdle(boot, life.signal)
    },
    track: (...raw) => whenReady(() => onEvent(...raw, true)),
    page(given) {
      addContext(given)
      whenReady(startPageView)
    },
    set(given) {
      addContext(given)
      whenReady(refresh)
    },
    identify(subjectId, attributes) {
      methods.set({ subject: subjectId, attributes: { ...context.attributes, ...attributes } } as PageContext)
    },
    consent(given) {
      Object.assign(ownConsent, given)
      changeConsent(given.storage === 'denied')
    },
    show: (surveyKey, settings) =>
      whenReady(() => {
        const survey = rules.surveys.find(({ key }) => key === surveyKey)
        return survey ? open(survey, 'manual', undefined, refresh, life.signal, settings) : 'unknown'
      }),
    close,
    snooze: (days) =>
      whenReady(async () => {
        await withKeeper(({ snooze }) => snooze(undefined, days))
        close()
        refresh()
      }),
    reset() {
      clearContext()
      forget()
      remember(memory)
      whenReady(refresh)
    },
    destroy() {
      close(true)
      beginView()
      endLife()
      stage = 0
    },
    on(event, listener) {
      const stop = new AbortController()
      listen(
        document,
        `heed:${event}`,
        (fired) => listener((fired as CustomEvent<HeedEventDetail>).detail),
        stop.signal,
      )
      return () => stop.abort()
    },
    explain: (surveyKey) => whenReady(() => withKeeper(({ explain }) => explain(surveyKey))),
  }
  const heed = ((name: 'close', ...args: []) => heed[name]?.(...args)) as Heed
  for (const name in methods) heed[name as 'close'] = safely(methods[name as 'close'])
  heed.ready = ready
  return heed
}
