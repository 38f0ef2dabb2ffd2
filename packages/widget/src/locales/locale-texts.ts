import type { UiTexts } from '@heed/contract'

/** Everything a visitor reads that a survey does not word itself, in one language. */
export interface LocaleTexts {
  dir: 'ltr' | 'rtl'
  ui: UiTexts
  /** Heading of the ending of a survey that has none. */
  thanks: string
  /** Placeholder of a comment. */
  comment: string
  /** Wording of 0 and of 10 on the question "how likely are you to recommend us". */
  npsEnds: [low: string, high: string]
  /** Wording of 1 and of 7 on a statement such as "it was easy to place my order". */
  cesEnds: [low: string, high: string]
  /** Names of 1 to 5. */
  csatSteps: [string, string, string, string, string]
  gcrSteps: [yes: string, partly: string, no: string]
  /** Label of the free choice below the options of a question. */
  other: string
}
