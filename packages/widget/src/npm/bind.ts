import type { HeedEventName } from '@heed/contract'
import type { HeedEventDetail, ShowOptions, ShowResult } from '../core/api-types.ts'
import {
  close,
  consent,
  destroy,
  explain,
  type InitOptions,
  identify,
  init,
  on,
  page,
  ready,
  reset,
  set,
  show,
  snooze,
  track,
} from './methods.ts'

/** Written out, as a namespace would bring all of them into apps that use a few. */
const heed = {
  init,
  track,
  page,
  set,
  identify,
  consent,
  show,
  close,
  snooze,
  reset,
  destroy,
  on,
  explain,
  /** Of the `init` at hand. */
  get ready() {
    return ready
  },
}

type HeedFunctions = typeof heed

/** What React and Preact have in common, as far as it is needed here. */
interface Library<Element> {
  createElement(type: 'div', props: Record<string, string>): Element
  useEffect(effect: () => undefined | (() => void), inputs?: readonly unknown[]): void
  useRef<Value>(value: Value): { current: Value }
}

export interface HeedSurveyProps extends ShowOptions {
  surveyKey: string
  /**
   * Only marks the place of a survey that is drawn in the page: its display has the kind `inline` and the selector
   * `[data-heed-survey="<its key>"]`, its triggers say when. @default false
   */
  inline?: boolean
  /** What became of showing it; not with `inline`. */
  onResult?: (result: ShowResult) => void
}

/**
 * Shows a survey, and closes it when told that the component is gone. React's StrictMode runs effects twice: the first
 * run is taken back before it has begun.
 */
const showWhileMounted = (
  surveyKey: string,
  settings: ShowOptions,
  onResult: (result: ShowResult) => void,
): (() => void) => {
  let isMounted = true
  /** It is this one that `close` would close. */
  let isOpen = false
  const stops = [
    heed.on('dismissed', (detail) => {
      if (detail.surveyKey === surveyKey) isOpen = false
    }),
    heed.on('shown', (detail) => {
      if (detail.surveyKey !== surveyKey) isOpen = false
    }),
  ]
  const timer = setTimeout(async () => {
    const result = await heed.show(surveyKey, settings)
    isOpen = result === 'shown'
    if (isMounted) onResult(result)
    else if (isOpen) heed.close()
  })
  return () => {
    isMounted = false
    clearTimeout(timer)
    for (const stop of stops) stop()
    if (isOpen) heed.close()
  }
}

export interface Bindings<Element> {
  useHeed(options?: InitOptions): HeedFunctions
  useHeedEvent(event: HeedEventName, listener: (detail: HeedEventDetail) => void): void
  HeedSurvey(props: HeedSurveyProps): Element | null
}

/** Holds the latest of something that no effect is to run again for. */
const useLatest = <Value>({ useEffect, useRef }: Library<unknown>, value: Value): { current: Value } => {
  const latest = useRef(value)
  useEffect(() => {
    latest.current = value
    return undefined
  })
  return latest
}

/** The hooks and the component, made of a library's own. */
export const bind = <Element>(library: Library<Element>): Bindings<Element> => {
  const { createElement, useEffect } = library
  return {
    useHeed(options) {
      const latest = useLatest(library, options)
      useEffect(() => {
        if (latest.current) heed.init(latest.current)
        return undefined
      }, [options?.key])
      return heed
    },
    useHeedEvent(event, listener) {
      const latest = useLatest(library, listener)
      useEffect(() => heed.on(event, (detail) => latest.current(detail)), [event])
    },
    HeedSurvey({ surveyKey, inline = false, onResult, ...settings }) {
      const latest = useLatest(library, { onResult, settings })
      useEffect(() => {
        const { settings } = latest.current
        return inline
          ? undefined
          : showWhileMounted(surveyKey, settings, (result) => latest.current.onResult?.(result))
      }, [surveyKey, inline])
      return inline ? createElement('div', { 'data-heed-survey': surveyKey }) : null
    },
  }
}
