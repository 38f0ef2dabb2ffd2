import type { Appearance, Display, ProjectSettings, ScaleStyle, SurveyDefinition } from './survey.ts'

/** What is needed to decide whether and when one live survey shows: no texts. Members at their default are left out. */
export type SurveyRules = Pick<
  SurveyDefinition,
  'key' | 'triggers' | 'cancelOn' | 'urls' | 'audience' | 'sample' | 'frequency' | 'hours' | 'locales'
> & {
  id: string
  version: number
  /** Milliseconds since the epoch. */
  startMs?: number
  endMs?: number
  /** A popover at the bottom end unless it says otherwise. */
  display?: Partial<Pick<Display, 'kind' | 'position' | 'selector'>>
  /** Parts of the widget that its panel needs besides. */
  parts?: PanelPart[]
}

/** Parts that a panel may need: `more` draws rarer questions, `surfaces` everything but popover and sheet. */
export type PanelPart = 'more' | 'surfaces'

/** `GET /v1/config/{publicKey}`, and what the loader carries inlined. */
export interface ProjectRules
  extends Partial<
    Pick<
      ProjectSettings,
      'cooldownDays' | 'onePerSession' | 'protectedUrls' | 'queryKeys' | 'collect' | 'adapters' | 'redaction'
    >
  > {
  /** Travels with what this page sends, as a sign that it has loaded the rules; renewed hourly. */
  ticket?: string
  /** In the order in which they are asked when the moment of several has come: by priority, then by key. */
  surveys: SurveyRules[]
}

/** One question in one language, as the panel draws it. `labels` are the scale's ends, `options` carry stable keys. */
export interface QuestionTexts {
  key: string
  kind: string
  text: string
  hint?: string
  required?: boolean
  /**
   * The question that follows, by answer: a value (`"0"`, an option's key, `"other"`), `""` for none, `"*"` for every
   * other one. Keys of later questions, or `end`. Absent: the next in order.
   */
  next?: Record<string, string>
  labels?: [low: string, high: string]
  style?: ScaleStyle
  scale?: number
  /** Also the named steps of csat (1 to 5) and gcr (yes, partly, no), in order. */
  options?: { key: string; text: string }[]
  /** Label of the free choice below the options; absent when the question has none. */
  other?: string
  maxLength?: number
  placeholder?: string
  /** Of a text; true unless it says otherwise. */
  multiline?: boolean
  /** Fewest and most options of `multiple`. */
  min?: number
  max?: number
  /** Options in an order of the visitor's own, "other" last. */
  shuffle?: boolean
  /** Where a link leads, and the words on it. */
  url?: string
  label?: string
  /** Of a text to which a picture of the page may be added. */
  screenshot?: ScreenshotTexts
}

/** Around the picture of the page that a visitor may add. */
export interface ScreenshotTexts {
  /** Button that begins. */
  add: string
  /** While the visitor chooses a place on the page. */
  point: string
  /** Switch, on by default: what was typed into the page's fields becomes unreadable. */
  blur: string
  /** The browser is about to ask what may be captured. */
  share: string
  take: string
  cancel: string
  /** Text alternative of the picture that was taken. */
  preview: string
  /** Buttons below it. */
  remove: string
  retake: string
  /** No picture could be taken; the answer goes without. */
  failed: string
}

/** The built-in visitor texts of one language that a survey does not word itself. */
export interface UiTexts {
  close: string
  send: string
  next: string
  back: string
  skip: string
  /** Under the ending when the answer is kept on the device and not sent yet. */
  kept: string
  /** The answer could neither be sent nor kept. */
  notSent: string
  retry: string
  /** An answer is needed here. */
  required: string
  optional: string
  /** `{n}` characters left. */
  left: string
  // From here on only what the survey can need.
  /** `{n}` characters too many. */
  over?: string
  /** At least, at most `{n}` options. */
  tooFew?: string
  tooMany?: string
  /** This is no e-mail address. */
  email?: string
  /** Question `{n}` of `{m}`. */
  progress?: string
  /** Name of the choices below: not now. */
  snooze?: string
  later?: string
  days90?: string
  never?: string
}

/** A colour to paint with, and black or white for what stands on it with a contrast of at least 4.5 to 1. */
export type Paint = [color: string, on: string]

/** The look as the panel draws it: colours worked out for both modes. */
export interface PanelAppearance
  extends Pick<Appearance, 'mode' | 'radius' | 'font' | 'density' | 'shadow' | 'logo'> {
  light: Paint
  dark: Paint
  /** The card's own colours, where the survey has some. */
  lightCard?: Paint
  darkCard?: Paint
}

/** `GET /v1/surveys/{publicKey}/{surveyId}/{version}/{locale}`: texts and appearance, one language, immutable. */
export interface SurveyTexts {
  id: string
  version: number
  locale: string
  dir: 'ltr' | 'rtl'
  appearance: PanelAppearance
  questions: QuestionTexts[]
  ending: string
  ui: UiTexts
  /** All questions on one short page. */
  layout?: 'page'
  teaser?: string
  /** Words on the side button. */
  button?: string
  /** Whether "later", "not for 90 days" and "never" are offered. */
  snooze?: boolean
}
