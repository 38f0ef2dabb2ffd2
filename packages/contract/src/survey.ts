import type { Condition, ConditionOperators } from './condition.ts'
import type { SuspiciousPolicy } from './suspicion.ts'

/**
 * A text in several languages, keyed by BCP 47 tag: `{ "en": "...", "ko": "..." }`. A question's text, hint and
 * placeholder, and the ending, may name what the page told or the visitor answered, with words for where it is missing:
 * `{product.name|your order}`, `{answers.reason|that}`.
 */
export type LocalizedText = Record<string, string>

export type SurveyStatus = 'draft' | 'live' | 'paused' | 'archived'

/** How readily an exit trigger fires: `high` asks earlier and more often. @default 'normal' */
export type ExitSensitivity = 'low' | 'normal' | 'high'

/**
 * The page event that opens the moment. `delayMs` waits after it, 0 by default: of an event on the pages after it too,
 * as long as the browser may remember it; of all else only as long as its page view lasts.
 */
export type Trigger = {
  delayMs?: number
} /** Every page view; the one for surveys that are always there. */ & (
  | { on: 'page' }
  | { on: 'event'; name: string; where?: Condition }
  | { on: 'click'; selector: string }
  | { on: 'scroll'; percent: number }
  | { on: 'dwell'; seconds: number }
  /** No input for so many seconds while the page is visible. */
  | { on: 'idle'; seconds: number }
  /** At least half of the element, or of the screen where that is less, in view for a second; it may come later. */
  | { on: 'visible'; selector: string }
  | { on: 'exit'; minSeconds?: number; sensitivity?: ExitSensitivity }
  /** The nth page of this visit, or the nth event of that name in it: that one, not those after it. */
  | { on: 'nth'; what: 'page' | 'event'; count: number; name?: string }
  | { on: 'manual' }
)

export type TriggerKind = Trigger['on']

/** `*` wildcards on origin and path; tracking parameters, hash, case and a trailing slash are ignored. */
export interface UrlRules {
  include?: string[]
  exclude?: string[]
}

/**
 * How often one visitor may meet a survey. `once`: one display. `untilAnswered`: again until an answer was given.
 * `{ times, everyDays }`: at most `times` displays in any `everyDays` days.
 */
export type Frequency = 'once' | 'untilAnswered' | 'always' | { times: number; everyDays: number }

/** Local hours in which a survey may show, `"09:00"` to `"18:00"`, on the given ISO weekdays (1 = Monday), all by default. */
export interface Hours {
  from: string
  to: string
  days?: number[]
}

export type DisplayKind = 'popover' | 'modal' | 'bar' | 'button' | 'inline' | 'page'

/** How often a surface that waits beside the page is there when its survey says nothing; every other one is shown once. */
export const defaultFrequencies: Partial<Record<DisplayKind, Frequency>> = {
  button: 'always',
  inline: 'untilAnswered',
  page: 'always',
}

/** Logical corner: `end` is right in a left-to-right language, left in a right-to-left one. */
export type DisplayPosition = 'bottom-end' | 'bottom-start' | 'top-end' | 'top-start'

/** The look of the widget. Colours are `#rgb` or `#rrggbb`; publishing refuses pairs that cannot be read. */
export interface Appearance {
  /** @default 'auto': follows the visitor's system */
  mode?: 'auto' | 'light' | 'dark'
  accent?: string
  accentDark?: string
  /** The card, and the text on it. @default white with near-black, near-black with white */
  background?: string
  backgroundDark?: string
  text?: string
  textDark?: string
  /** Corner radius of the panel in CSS pixels, 0 to 32. @default 20 */
  radius?: number
  /** `inherit` uses the page's font. @default 'system' */
  font?: 'system' | 'inherit'
  /** `compact` takes less room; touch targets stay large enough. @default 'comfortable' */
  density?: 'comfortable' | 'compact'
  /** @default 'soft' */
  shadow?: 'none' | 'soft' | 'strong'
  /** `https:` address of an image above the question, drawn at most 32 CSS pixels high. */
  logo?: string
}

export interface Display {
  kind: DisplayKind
  /** @default 'bottom-end' */
  position?: DisplayPosition
  appearance?: Appearance
  /** `inline`: the element it is drawn into, which may appear later. `button`: the shop's own element, in place of ours. */
  selector?: string
  /** Words of a small teaser that comes first and opens the survey when tapped. */
  teaser?: LocalizedText
  /** Words on the side button. @default the built-in word for feedback */
  label?: LocalizedText
  /** Offers "later", "not for 90 days" and "never". @default false */
  snooze?: boolean
  /** One question after the other, or all on one short page. @default 'steps' */
  layout?: 'steps' | 'page'
}

export type Metric = 'nps' | 'csat' | 'ces' | 'gcr'

/** Where to go when the answer meets `when` (absent: always): the key of a later question, or `end`. First match wins. */
export interface NextRule {
  when?: ConditionOperators
  go: string
}

export interface Option {
  /** Stable, stored with the answer; never translated. */
  key: string
  text: LocalizedText
}

interface QuestionBase {
  /** Stable within the survey: `[a-z0-9_-]`, at most 40 characters. */
  key: string
  text: LocalizedText
  /** Secondary line under the question. */
  hint?: LocalizedText
  /** @default false */
  required?: boolean
  next?: NextRule[]
}

/** `csat` and `rating` looks. @default 'smileys' for csat, 'stars' for rating */
export type ScaleStyle = 'stars' | 'smileys' | 'numbers'

/** The wording of a scale's ends; the built-in wording of the visitor's language when absent. */
export interface ScaleLabels {
  low?: LocalizedText
  high?: LocalizedText
}

export type Question = QuestionBase &
  (
    | { kind: 'nps'; metric?: 'nps'; labels?: ScaleLabels }
    | { kind: 'csat'; metric?: 'csat'; style?: ScaleStyle; labels?: ScaleLabels }
    | { kind: 'ces'; metric?: 'ces'; labels?: ScaleLabels }
    | { kind: 'gcr'; metric?: 'gcr' }
    | { kind: 'thumbs' }
    | { kind: 'rating'; scale?: 3 | 5 | 7 | 10; style?: ScaleStyle; labels?: ScaleLabels }
    | { kind: 'single'; options: Option[]; other?: boolean; shuffle?: boolean }
    | { kind: 'multiple'; options: Option[]; other?: boolean; shuffle?: boolean; min?: number; max?: number }
    /**
     * `multiline`: room for several lines. @default true
     * `screenshot`: the visitor may add a picture of the page, where the browser can take one. @default false
     */
    | {
        kind: 'text'
        multiline?: boolean
        maxLength?: number
        placeholder?: LocalizedText
        screenshot?: boolean
      }
    | { kind: 'email'; placeholder?: LocalizedText }
    | { kind: 'consent' }
    /** `label`: words on the link. @default the built-in word for opening it */
    | { kind: 'link'; url: string; label?: LocalizedText }
    | { kind: 'message' }
  )

export type QuestionKind = Question['kind']

/** The value given to one question. Keys of options, never labels; `other` travels as `{ other: "text" }`. */
export type AnswerValue =
  | number
  | string
  | boolean
  | string[]
  | { other: string }
  | { keys: string[]; other?: string }

/** What a marketer edits: everything of a survey but its identity and state. */
export interface SurveyDefinition {
  /** Stable slug for code, unique in the project: `[a-z0-9-]`, at most 64 characters. */
  key: string
  name: string
  /** The decision this survey serves. */
  purpose?: string
  /** Any of them opens the moment. */
  triggers: Trigger[]
  /** Page events that call a pending display off. */
  cancelOn?: { name: string }[]
  urls?: UrlRules
  audience?: Condition
  /** The first is the default language. */
  locales: string[]
  /** Share of visitors who may be asked, 0 to 1, sticky per visitor. @default 1 */
  sample?: number
  /** @default 'once' */
  frequency?: Frequency
  /** Higher goes first. @default 0 */
  priority?: number
  startAt?: string | null
  endAt?: string | null
  hours?: Hours | null
  maxResponses?: number | null
  display: Display
  questions: Question[]
  ending?: { text: LocalizedText }
}

export interface Survey extends SurveyDefinition {
  id: string
  status: SurveyStatus
  /** The newest published version, 0 before the first publication. */
  version: number
  createdAt: string
  updatedAt: string
  /** It is live and has all the responses it asked for (`maxResponses`): no page shows it any more. */
  full?: boolean
  /** What looks like a mistake and does not keep the survey from being published. */
  warnings?: SurveyWarning[]
}

export interface SurveyWarning {
  /** Place in the definition: `triggers.0.name`. */
  path: string
  message: string
}

/** A link that shows a draft, as it stands when the link is opened; its answers are tests. */
export interface PreviewLink {
  token: string
  /** A page of the shop with `?heed=<token>`, by default the survey's own page. */
  url: string
  expiresAt: string
}

/** What a project may change about itself. */
export interface ProjectSettings {
  /** Origins whose pages may send: `https://shop.example`, `https://*.shop.example`, `http://localhost:*`. Empty: every origin. */
  origins: string[]
  /** Days between any two displays to one visitor. @default 0 */
  cooldownDays: number
  /** At most one display in a visit (30 minutes without a page). @default true */
  onePerSession: boolean
  /** URL patterns where nothing ever shows. */
  protectedUrls: string[]
  /** Query parameters kept in stored URLs; every other one is dropped in the browser. */
  queryKeys: string[]
  /** What may be collected beyond the default: the page's title, campaign tags (`utm_...`). @default none */
  collect?: Collectable[]
  /** Shop platforms whose events are translated, when they are not found out by themselves. @default none */
  adapters?: AdapterName[]
  /** What becomes of personal data in free texts before they are stored. What is left out is masked. @default mask all */
  redaction?: RedactionPolicy
  /** Whether suspicious responses are in numbers and lists that do not say it themselves. @default 'leaveOut' */
  suspicious?: SuspiciousPolicy
  /** Days that answers, displays and what belongs to them are kept after they came in, 1 to 3650; null: for ever. @default 400 */
  retentionDays?: number | null
}

/** `id` is a national number: Korean resident, Japanese My Number, Chinese identity. `token` a pasted secret. */
export const redactionKinds = ['email', 'card', 'iban', 'phone', 'id', 'token'] as const
export type RedactionKind = (typeof redactionKinds)[number]

/** `mask` leaves `[email]`; `hash` leaves `[email:3fa9c2d41b07]`, the same for equal ones; `keep` leaves the text. */
export type RedactionTreatment = 'mask' | 'hash' | 'keep'
export type RedactionPolicy = Partial<Record<RedactionKind, RedactionTreatment>>

export type Collectable = 'title' | 'campaign'

export const adapterNames = [
  'shopify',
  'woocommerce',
  'bigcommerce',
  'adobe-commerce',
  'prestashop',
  'segment',
] as const
export type AdapterName = (typeof adapterNames)[number]

export interface Project {
  id: string
  name: string
  status: 'active' | 'paused'
  publicKey: string
  settings: ProjectSettings
  createdAt: string
}
