import type { HeedEventName, ProjectRules } from '@heed/contract'
import { judge, mayShow } from '@heed/targeting'
import type { Heed, HeedEventDetail, HeedMethods, HeedOptions } from './api-types.ts'
import { applyConsent } from './apply-consent.ts'
import { granted } from './consent.ts'
import { tapDataLayer } from './data-layer.ts'
import { flush } from './delivery.ts'
import { closeDisplay, open, reportDisplay } from './display.ts'
import { factsNow } from './facts.ts'
import { fetchRules } from './fetch-rules.ts'
import { listen } from './listen.ts'
import { readMemory, remember } from './memory.ts'
import { endPageView, onEvent, refresh, startPageView } from './moments.ts'
import { toPageEvent } from './page-event.ts'
import { watchRoutes } from './routes.ts'
import { safely } from './safely.ts'
import { clearState, state } from './state.ts'
import { stringify } from './stringify.ts'
import { uuid } from './uuid.ts'
import { whenIdle } from './when-idle.ts'

/** Longest "never": JSON has no infinity. */
const maxSnoozeDays = 10_000

/**
 * The one Heed of a page. Touches nothing until `init`, so it may be made on a server.
 * `rules` come with the script or are fetched.
 */
export const createHeed = (rules: ProjectRules | null, defaults: Partial<HeedOptions>): Heed => {
  let isStarted = false
  let isBooted = false
  let isWithdrawn = false
  /** Calls that wait for the rules. */
  let early: (() => void)[] = []
  let setReady: () => void
  const ready = new Promise<void>((resolve) => {
    setReady = resolve
  })
  const whenBooted = (run: () => void) => {
    if (isBooted) run()
    else early.push(run)
  }

  const boot = async () => {
    const { signal } = state._life
    const found = rules ?? (await fetchRules())
    if (isBooted || signal.aborted) return
    state._rules = found
    state._seed = uuid()
    if (found.surveys.length) {
      tapDataLayer(
        (name, properties) => whenBooted(() => onEvent(toPageEvent(name, properties))),
        changeConsent,
      )
      watchRoutes(startPageView)
    }
    isBooted = true
    applyConsent(isWithdrawn)
    startPageView()
    for (const run of early) run()
    early = []
    setReady()
  }

  const changeConsent = (isDenied: boolean) => {
    isWithdrawn = isDenied
    if (isBooted) {
      applyConsent(isDenied)
      refresh()
    }
  }

  const methods: HeedMethods = {
    init(options) {
      const all = { ...defaults, ...options }
      if (isStarted || !all.key) return
      isStarted = true
      state._options = all
      isWithdrawn = all.consent === 'denied'
      whenIdle(boot, state._life.signal)
    },
    track(name, properties) {
      whenBooted(() => onEvent(toPageEvent(name, properties, true)))
    },
    page(context) {
      if (context) methods.set(context)
      whenBooted(startPageView)
    },
    set(context) {
      // A copy that is known to be JSON: nothing the page does later can make an answer impossible to send.
      Object.assign(state._context, JSON.parse(stringify(context)))
      if (isBooted) refresh()
    },
    identify(subjectId, attributes) {
      state._subject = `${subjectId}`
      methods.set({ attributes: { ...state._context.attributes, ...attributes } })
    },
    consent(consent) {
      Object.assign(state._consent, consent)
      changeConsent(consent.storage === 'denied')
    },
    async show(surveyKey, { force } = {}) {
      await ready
      const survey = state._rules.surveys.find(({ key }) => key === surveyKey)
      if (!survey) return 'unknown'
      if (!force && !mayShow(state._rules, survey, factsNow())) return 'ineligible'
      return open({ _survey: survey, _trigger: 'manual', _event: undefined }, force, refresh)
    },
    close: closeDisplay,
    snooze(days) {
      whenBooted(() => {
        readMemory()
        remember({ ...state._memory, until: Date.now() + Math.min(days, maxSnoozeDays) * 86_400_000 })
        reportDisplay('snoozed')
        closeDisplay()
        refresh()
      })
    },
    reset() {
      state._context = {}
      state._subject = null
      state._seed = uuid()
      remember(granted('storage') ? { id: state._seed } : {})
      refresh()
    },
    destroy() {
      flush(true)
      closeDisplay()
      endPageView()
      state._life.abort()
      clearState()
      refresh()
      isStarted = isBooted = false
    },
    on(event: HeedEventName, listener) {
      const stop = new AbortController()
      listen(
        document,
        `heed:${event}`,
        (fired) => listener((fired as CustomEvent<HeedEventDetail>).detail),
        stop.signal,
      )
      return () => stop.abort()
    },
    explain(surveyKey) {
      return state._rules.surveys
        .filter(({ key }) => !surveyKey || key === surveyKey)
        .map((survey) => {
          const rules = judge(state._rules, survey, factsNow())
          return { surveyKey: survey.key, mayShow: rules.every(({ pass }) => pass), rules }
        })
    },
  }

  clearState()
  const heed = ((name: keyof HeedMethods, ...args: unknown[]) =>
    heed[name]?.(...(args as [never, never]))) as Heed
  for (const name in methods) heed[name as 'close'] = safely(methods[name as 'close'])
  heed.ready = ready
  return heed
}
