import type {
  AdapterName,
  AnswerValue,
  DisplayItem,
  HeedEventName,
  ResponseContext,
  ResponseItem,
  SurveyRules,
  Trigger,
} from '@heed/contract'
import type { Verdict } from '@heed/targeting'

export type ConsentState = 'granted' | 'denied'

/** What `init` takes; the script's `data-` attributes have the same names. */
export interface HeedOptions {
  /** Public key, `pk_...`. */
  key: string
  /** Base URL of the Heed server. @default where the script came from */
  host?: string
  /** BCP 47 language of the surveys. @default the page's `lang`, then the browser's languages */
  lang?: string
  /** What the visitor agreed to, when the page knows while it is rendered; `heed.consent()` wins over it. */
  consent?: ConsentState
  /** Name of the global array that page events are pushed to. @default 'dataLayer' */
  datalayer?: string
  /** For pages with a strict content security policy. @default the script's own nonce */
  nonce?: string
  /**
   * Shop platforms whose events are translated, besides those that the page shows signs of and those of the project's
   * settings; in markup with commas between them.
   */
  adapters?: AdapterName[] | string
  /** Everything sent is a test: stored apart, never counted. In markup its mere presence is enough. @default false */
  test?: boolean | string
  /** Signed token of a preview link; everything sent is a test. */
  preview?: string
  /**
   * Sees a plain copy of each response and display before it is kept or sent, and returns what is to be sent in its
   * place; what tells it apart (type, ids, version, state) stays. Anything but an item drops it, as if it had never
   * been: the page has taken it upon itself. If it throws, nothing is sent, the visitor hears that of an answer, and
   * the answer counts as lost.
   */
  beforeSend?: (item: ResponseItem | DisplayItem) => ResponseItem | DisplayItem | null
}

/** What the page tells of itself; travels with answers and is seen by audiences. */
export type PageContext = Pick<
  ResponseContext,
  'product' | 'cart' | 'order' | 'page' | 'attributes' | 'variant'
>

export interface Consent {
  /** Keeping anything on the device, the visitor's random id included. */
  storage?: ConsentState
  /** Sending who the page says the visitor is. */
  identify?: ConsentState
}

export interface ShowOptions {
  force?: boolean
  answers?: Record<string, AnswerValue>
}

/**
 * What became of `show()`. `ineligible`: a rule forbids it, `explain()` tells which. `busy`: another survey is open or
 * about to open. `failed`: the panel or its texts did not load, another tab shows a survey, or the page became
 * another one meanwhile.
 */
export type ShowResult = 'shown' | 'unknown' | 'ineligible' | 'busy' | 'failed'

/** `detail` of the DOM events `heed:shown`... on `document`, and what `on()` hands over. Never an answer. */
export interface HeedEventDetail {
  surveyKey: string | undefined
  /** Of the display and of its response. */
  id: string
}

/** A trigger, and whether its moment has come. */
export interface TriggerExplanation {
  trigger: Trigger
  /** How often it has happened since the page was loaded, whether the survey could show then or not. */
  heard: number
  /** What looks wrong, in words: `no page event "purchse" was heard on this page; heard: page_view, add_to_cart`. */
  note?: string
}

/** Every rule of one live survey with the value it saw and its verdict, and what it waits for. */
export interface Explanation {
  surveyKey: SurveyRules['key']
  /** Every rule passes. */
  mayShow: boolean
  rules: Verdict[]
  triggers: TriggerExplanation[]
  /** In words, a line each: the rules that stand against it, and the triggers that look wrong. */
  why: string[]
}

/** No method throws; before `ready` they take effect as soon as the rules are known. */
export interface HeedMethods {
  /** Starts Heed once; again is harmless. */
  init(options?: Partial<HeedOptions>): void
  /** A page event in GA4 words or the shop's own, with plain properties. */
  track(name: string, properties?: Record<string, unknown>): void
  /** A new page view, where detecting route changes cannot see it. */
  page(context?: PageContext): void
  /** Adds to what the page tells of itself; each member replaces the one before. */
  set(context: PageContext): void
  /** Who the shop says this is; sent only when identifying is allowed. */
  identify(subjectId: string, attributes?: Record<string, unknown>): void
  consent(consent: Consent): void
  /**
   * Opens a survey by its key. `force` skips its rules. `answers` to begin with, by question key, as from a link in an
   * e-mail; each still needs the visitor's confirming tap.
   */
  show(surveyKey: string, options?: ShowOptions): Promise<ShowResult>
  /** Closes the open survey. */
  close(): void
  /** Closes the open survey and shows none for so many days. */
  snooze(days: number): void
  /** Forgets the visitor: what is remembered, who they are and what the page told of them. Unsent answers stay. */
  reset(): void
  /** Removes everything Heed added to the page. */
  destroy(): void
  /** Calls back on a display state or `stored`; returns how to stop. */
  on(event: HeedEventName, listener: (detail: HeedEventDetail) => void): () => void
  /** Every rule of every live survey, or of one; undefined when the part that tells cannot be loaded. */
  explain(surveyKey?: string): Promise<Explanation[] | undefined>
}

/** `window.heed`: one function that takes a method's name and arguments, with the same methods on it. */
export type Heed = HeedMethods & {
  <Name extends keyof HeedMethods>(
    method: Name,
    ...args: Parameters<HeedMethods[Name]>
  ): ReturnType<HeedMethods[Name]>
  /** Resolves when the rules are known and the triggers of the first page view are armed. */
  ready: Promise<void>
}

/** The stub a page may define before the script has loaded. */
export interface HeedStub {
  q?: ArrayLike<unknown>[]
}

declare global {
  interface Window {
    heed?: Heed | HeedStub
  }
}
