import type { AnswerValue, DisplayState, QuestionTexts, SurveyRules, SurveyTexts } from '@heed/contract'

/**
 * What became of an answer. `stored`: the server acknowledged it. `kept`: it is on the device and will be sent.
 * `unsent`: neither; the visitor must be told and may try again.
 */
export type SaveOutcome = 'stored' | 'kept' | 'unsent'

/** What the panel needs from the loader. Plain names: the two bundles are minified apart. */
export interface PanelHost {
  /**
   * A display reached a state. The panel reports `shown` (a side button: when its form opens), `seen`, `started` and
   * `dismissed`; the loader derives the others.
   */
  report(state: DisplayState): void
  /** The visitor chose not to be asked for so many days. The panel closes by itself. */
  snooze(days: number): void
  /** A surface that is always there opened its form (true) or closed it: meanwhile no other survey opens. */
  occupy(isOpen: boolean): void
  /** Another part of the widget, by its name; rejects when it cannot be had now. */
  part(name: string): Promise<unknown>
  /**
   * Takes the whole answer set, once per answered question and at the end; never rejects. A picture travels once the
   * completed answers are stored. `questions` are those that were answered.
   */
  save(
    answers: Record<string, AnswerValue>,
    completed: boolean,
    timing: Record<string, number>,
    picture?: Blob,
    questions?: readonly QuestionTexts[],
  ): Promise<SaveOutcome>
  /**
   * The panel is gone from the page, for whatever reason. Also called when the page removed the element that an inline
   * survey stood in: it then comes back where the element does.
   */
  closed(): void
}

export interface PanelOptions {
  /** A popover at the bottom end unless it says otherwise. */
  display?: SurveyRules['display'] | undefined
  texts: SurveyTexts
  host: PanelHost
  /** The extensions that the survey's rules name. */
  parts?: PanelExtension[]
  /** What the page told of itself, for texts that name it: `product`, `cart`, `order`, `page`, `attributes`. */
  context?: Record<string, unknown>
  /** Answers to begin with, as from a link in an e-mail; each still needs the visitor's confirming tap. */
  answers?: Record<string, AnswerValue> | undefined
}

/** A part beside the panel. What it is handed is between the two, which come from one build. */
export interface PanelExtension {
  connect(kit: never): void
}

export interface PanelHandle {
  /**
   * Removes the panel; `dismissed` is reported unless it was completed. Only a side button's form goes back to its
   * button instead, unless `isForGood`: then all of it leaves. Twice is harmless.
   */
  close(isForGood?: boolean): void
}

/** The only export of the panel bundle, reached through one dynamic import. */
export interface PanelModule {
  open(options: PanelOptions): PanelHandle
}
