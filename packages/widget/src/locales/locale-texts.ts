import type { ScreenshotTexts, UiTexts } from '@heed/contract'

/**
 * Everything a visitor reads that a survey does not word itself, in one language. `{n}` and `{m}` stand for numbers;
 * the wording fits any number, because languages count in two to six forms.
 */
export interface LocaleTexts {
  dir: 'ltr' | 'rtl'
  /** A survey is sent those of them that it can need. */
  ui: Required<UiTexts>
  /** Heading of the ending of a survey that has none. */
  thanks: string
  /** Placeholder of a comment. */
  comment: string
  /** Placeholder of an e-mail address; the example domain is the one that nobody can own (RFC 2606). */
  emailPlaceholder: string
  /** Words on a link that has none. */
  open: string
  /** Words on the side button. */
  feedback: string
  /** Wording of 0 and of 10 on the question "how likely are you to recommend us". */
  npsEnds: [low: string, high: string]
  /** Wording of 1 and of 7 on a statement such as "it was easy to place my order". */
  cesEnds: [low: string, high: string]
  /** Wording of the fewest and of the most stars. */
  ratingEnds: [low: string, high: string]
  /** Names of 1 to 5. */
  csatSteps: [string, string, string, string, string]
  gcrSteps: [yes: string, partly: string, no: string]
  /** Names of the two thumbs. */
  thumbs: [up: string, down: string]
  /** Label of the free choice below the options of a question. */
  other: string
  /** What a standard question asks when the survey starts from a template. */
  questions: StandardQuestions
  hosted: HostedTexts
  screenshot: ScreenshotTexts
}

/** The four standard questions, about the shop as a whole. `ces` is a statement to agree with, the others ask. */
export interface StandardQuestions {
  nps: string
  csat: string
  ces: string
  gcr: string
}

/** On the survey's own page, `/s/...`, where there is no survey to draw. */
export interface HostedTexts {
  /** The survey takes no more answers. */
  closed: string
  /** There is no such survey. */
  notFound: string
  needsJavaScript: string
}
