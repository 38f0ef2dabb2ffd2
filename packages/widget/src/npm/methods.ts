import type { AdapterName, HeedEventName, Question } from '@heed/contract'
import type {
  Consent,
  Explanation,
  HeedEventDetail,
  HeedOptions,
  PageContext,
  ShowOptions,
  ShowResult,
} from '../core/api-types.ts'
import type { Answers } from './answers.ts'
import { endHeed, pageHeed } from './heed.ts'
import type { EventArguments, EventName } from './page-events.ts'
import type { Parts } from './parts-type.ts'

/** What `init` takes. */
export interface InitOptions extends Omit<HeedOptions, 'host' | 'nonce' | 'adapters' | 'test'> {
  /** Base URL of the Heed server, such as `https://feedback.example.com`. */
  host: string
  /** Shop platforms whose events are translated, besides those that the page shows signs of. */
  adapters?: AdapterName[]
  /** Everything sent is a test: stored apart, never counted. @default false */
  test?: boolean
  /** Parts that are in the app's bundle already, from `@heed/widget/parts`. @default each is imported when needed */
  parts?: Parts
}

/** What `show` opens: a survey of the project by its key, or one that `defineSurvey()` gave. */
export type SurveyRef = string | { key: string; questions: Question[] }

/** `force` skips the survey's rules. `answers` are drawn as chosen and wait for the visitor's confirming tap. */
export interface ShowSettings<Ref extends SurveyRef> extends Omit<ShowOptions, 'answers'> {
  answers?: Ref extends { questions: Question[] } ? Answers<Ref> : NonNullable<ShowOptions['answers']>
}

let settle: (() => void) | undefined

const untilReady = () =>
  new Promise<void>((resolve) => {
    settle = resolve
  })

/** Resolves when the rules are known and the triggers of the first page view are armed; on a server with `init`. */
export let ready: Promise<void> = /* @__PURE__ */ untilReady()

/** Starts Heed once; again is harmless. Before it, and on a server, nothing is touched. */
export function init(options: InitOptions): void {
  const heed = pageHeed()
  heed?.init({ ...options, host: options.host.replace(/\/+$/, '') })
  // An app's bundle leaves `ready` out when nothing in it asks.
  if (heed) heed.ready.then(settle)
  else settle?.()
}

/** A page event, in GA4's words or of `HeedEvents`. Never throws; before `init` it is kept for it. */
export function track<Name extends EventName>(name: Name, ...[properties]: EventArguments<Name>): void {
  pageHeed()?.track(name, properties as Record<string, unknown> | undefined)
}

/** A new page view, where detecting route changes cannot see it. */
export function page(context?: PageContext): void {
  pageHeed()?.page(context)
}

/** Adds to what the page tells of itself; each member replaces the one before. */
export function set(context: PageContext): void {
  pageHeed()?.set(context)
}

/** Who the shop says this is; sent only when identifying is allowed. */
export function identify(subjectId: string, attributes?: Record<string, unknown>): void {
  pageHeed()?.identify(subjectId, attributes)
}

/** What the visitor agreed to. Wins over every other sign of it. */
export function consent(consent: Consent): void {
  pageHeed()?.consent(consent)
}

/** Opens a survey; `explain()` tells why not. On a server: `failed`. */
export async function show<const Ref extends SurveyRef>(
  survey: Ref,
  settings?: ShowSettings<Ref>,
): Promise<ShowResult> {
  const key = typeof survey === 'string' ? survey : survey.key
  return pageHeed()?.show(key, settings as ShowOptions | undefined) ?? 'failed'
}

/** Closes the open survey. */
export function close(): void {
  pageHeed()?.close()
}

/** Closes the open survey and shows none for so many days. */
export function snooze(days: number): void {
  pageHeed()?.snooze(days)
}

/** Forgets the visitor: what is remembered, who they are and what the page told of them. Unsent answers stay. */
export function reset(): void {
  pageHeed()?.reset()
}

/** Removes everything Heed added to the page; `init` may begin again. */
export function destroy(): void {
  if (endHeed()) ready = untilReady()
}

/** Calls back on a display state, or when an answer is `stored`; returns how to stop. */
export function on(event: HeedEventName, listener: (detail: HeedEventDetail) => void): () => void {
  return pageHeed()?.on(event, listener) ?? (() => {})
}

/** Every rule of every live survey, or of one, with the value it saw and its verdict; undefined on a server. */
export async function explain(surveyKey?: string): Promise<Explanation[] | undefined> {
  return pageHeed()?.explain(surveyKey)
}
