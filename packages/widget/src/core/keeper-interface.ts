import type { DisplayState, ProjectRules, SurveyRules, Trigger } from '@heed/contract'
import type { Facts, VisitorMemory } from '@heed/targeting'
import type { PanelHost } from '../panel-interface.ts'
import type { Consent, Explanation, HeedOptions } from './api-types.ts'

/** An event as the page gave it: name, properties, and whether it came by `track()`. */
export type RawEvent = [name: string, properties?: Record<string, unknown>, isOwn?: boolean]

/** A survey that has just been opened, by the trigger of this kind (or `manual`). A list, as names would cost bytes. */
export type Opened = readonly [
  survey: SurveyRules,
  trigger: string,
  event: RawEvent | undefined,
  locale: string,
  shownMs: number,
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
  mayShow(survey: SurveyRules): boolean
  /** The project's rules, for a loader that came without them. */
  fetchRules(): Promise<ProjectRules | undefined>
  /** Whether an event meets a trigger; audiences see it from now on. */
  isMatch(trigger: Extract<Trigger, { on: 'event' }>, raw: RawEvent): boolean
  /**
   * Watches the page for the triggers of these surveys, and no longer for those of others, until the page view ends.
   * A trigger that has fired is spent for this page view; a click is not. Leaves out the surveys that the visitor may
   * not meet; has the panel at hand when one is left.
   */
  watch(
    surveys: SurveyRules[],
    fire: (survey: SurveyRules, trigger: Trigger) => void,
    signal: AbortSignal,
  ): void
  /** Nothing shows for so many days; the open survey, if there is one, is to be closed. */
  snooze(days: number): void
  explain(surveyKey?: string): Explanation[]
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
  ): Keeper
}
