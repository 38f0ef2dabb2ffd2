import type { AnswerValue, DisplayState, SurveyRules, SurveyTexts } from '@heed/contract'

/**
 * What became of an answer. `stored`: the server acknowledged it. `kept`: it is on the device and will be sent.
 * `unsent`: neither; the visitor must be told and may try again.
 */
export type SaveOutcome = 'stored' | 'kept' | 'unsent'

/** What the panel needs from the loader. Plain names: the two bundles are minified apart. */
export interface PanelHost {
  /** A display reached a state. The panel reports `seen`, `started`, `dismissed`; the loader derives the others. */
  report(state: DisplayState): void
  /** Takes the whole answer set, once per answered question and at the end; never rejects. */
  save(
    answers: Record<string, AnswerValue>,
    completed: boolean,
    timing: Record<string, number>,
  ): Promise<SaveOutcome>
  /** The panel is gone from the page, for whatever reason. */
  closed(): void
}

export interface PanelOptions {
  /** A popover at the bottom end unless it says otherwise. */
  display?: SurveyRules['display']
  texts: SurveyTexts
  host: PanelHost
}

export interface PanelHandle {
  /** Removes the panel; `dismissed` is reported unless it was completed. Twice is harmless. */
  close(): void
}

/** The only export of the panel bundle, reached through one dynamic import. */
export interface PanelModule {
  open(options: PanelOptions): PanelHandle
}
