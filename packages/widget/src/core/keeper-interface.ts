import type { Condition, DisplayState, ProjectRules, SurveyRules, Trigger } from '@heed/contract'
import type { Facts, VisitorMemory } from '@heed/targeting'
import type { PanelHost } from '../panel-interface.ts'
import type { Consent, Explanation, Heed, HeedOptions } from './api-types.ts'

/** An event as the page gave it: name, properties, and whether it came by `track()`. */
export type RawEvent = [name: string, properties?: Record<string, unknown>, isOwn?: boolean]

/** A trigger as the loader sees it: those with a name wait for that page event, all others need the keeper. */
export type NamedTrigger = Trigger & { name?: string; where?: Condition; count?: number }

/** What the moment of a survey needs to know of its trigger. */
type Fired = Pick<Trigger, 'on' | 'delayMs'>

/** Begins the moment of a survey. */
export type Fire = (survey: SurveyRules, trigger: Fired, event?: RawEvent) => void

/** A survey that has just been opened, by the trigger of this kind (or `manual`). A list, as names would cost bytes. */
export type Opened = readonly [
  survey: SurveyRules,
  trigger: string,
  event: RawEvent | undefined,
  locale: string,
  shownMs: number,
  /** Lets other tabs show theirs. */
  release: (() => void) | undefined,
]

/**
 * The part that is only needed once a survey is open or waits for more than an event, an answer is left from before or
 * something rare is asked for. It comes after the first paint and costs other visitors nothing.
 */
export interface Keeper {
  /** An open survey reached a state. */
  report(opened: Opened, state: DisplayState): void
  /** Keeps and sends the answers to an open survey. */
  save(opened: Opened, ...answer: Parameters<PanelHost['save']>): ReturnType<PanelHost['save']>
  /** Sends what earlier pages and tabs left on the device. */
  recover(): void
  /** The whole decision; the loader leaves the rules about the visitor to the keeper. */
  allows(survey: SurveyRules): boolean
  /**
   * The project's rules, for a loader that came without them or that is asked to show what it does: then the part
   * `debug` begins, and may have other rules to go by.
   */
  fetchRules(heed: Heed, inlined: ProjectRules | null): Promise<ProjectRules | undefined>
  /** JSON of the server, even where the page's own `fetch` fails; undefined when the server refuses. */
  load<Reply>(url: string): Promise<Reply | undefined>
  /** Whether an event meets a trigger, or is the one it counts to; audiences see it from now on. */
  match(trigger: NamedTrigger, raw: RawEvent): boolean
  /** Sees to it that a moment which waits for its delay goes on in the next page, unless it is called off before. */
  hold(survey: SurveyRules, trigger: Fired, event: RawEvent): void
  /**
   * Resolves true once nothing hinders a survey: the page is visible, no modal dialog of its own is open, and the
   * element that the survey belongs to exists; false when its moment has been called off before. A passive one is
   * removed when the page becomes another one where it does not belong.
   */
  whenClear(survey: SurveyRules, moment: AbortSignal, remove: () => void): Promise<boolean>
  /**
   * Watches the page for the triggers of these surveys, and no longer for those of others, until the page view ends.
   * Goes on with the moments that other pages have left.
   * A trigger that has fired is spent for this page view; a click is not. Leaves out the surveys that the visitor may
   * not meet; has the panel at hand when one is left.
   */
  watch(surveys: SurveyRules[], fire: Fire, signal: AbortSignal): void
  /** Nothing shows for so many days. The survey that the visitor said it to, or the open one, is to be closed. */
  snooze(opened: Opened | undefined, days: number): void
  /** Needs the part `explain`. */
  explain(surveyKey?: string): Promise<Explanation[]>
}

/**
 * The only export of the keeper bundle. Its arguments are what it needs from the loader, in this order, as names would
 * cost bytes on every page. Called before each use: what it needs may have changed.
 */
export interface KeeperModule {
  connect(
    options: Partial<HeedOptions>,
    rules: ProjectRules,
    /** Ends with Heed on this page. */
    signal: AbortSignal,
    granted: (what: keyof Consent) => boolean,
    /** `context` holds what the page gave, and `subject`. */
    facts: () => Facts,
    remember: (memory: VisitorMemory) => void,
    /** Names of the page events heard since the page was loaded, in order. */
    heard: readonly string[],
    /** When the page view at hand began. */
    viewMs: number,
    loadPart: <Part>(name: string) => Promise<Part>,
  ): Keeper
}
