import type { Condition, Frequency, ProjectRules, SurveyRules } from '@heed/contract'
import { lookup, matches } from './condition.ts'
import type { VisitorMemory } from './memory.ts'
import { safely } from './safely.ts'
import { share } from './share.ts'
import { normalizeUrl, urlAllowed } from './url.ts'

/** Everything a decision rests on. Reading it twice gives the same decision. */
export interface Facts {
  /** The page's full address. */
  url: string
  /** Milliseconds since the epoch. */
  nowMs: number
  /** The visitor's random id, or one made for this page load where nothing may be stored. */
  seed: string
  memory: VisitorMemory
  /** A survey was already shown in this visit; passive ones do not count. */
  sessionShown: boolean
  /** What audience conditions see: `device`, `locale`, `cart`, `product`, `attributes`, `event`... */
  context: Record<string, unknown>
}

/**
 * One rule with what it saw and what it wants, for a person to read. `schedule`, `cooldown` and `snoozed` want a time
 * between two (null: open) and saw the present one; `frequency` saw the display or answer that stands against it; all
 * times are ISO 8601, but `hours` saw the visitor's local time. `sample` saw the visitor's place in [0, 1).
 */
export interface Verdict {
  rule:
    | 'protected'
    | 'urls'
    | 'audience'
    | 'schedule'
    | 'hours'
    | 'sample'
    | 'frequency'
    | 'cooldown'
    | 'session'
    | 'snoozed'
  pass: boolean
  value?: unknown
  wants?: unknown
}

const dayMs = 86_400_000

/** When the survey was last shown or answered, as far as its frequency counts; undefined when it may show again. */
function lastCounted({ id, frequency = 'once' }: SurveyRules, { memory }: Facts): number | undefined {
  const { shown, answered } = memory.surveys?.[id] ?? {}
  return frequency === 'untilAnswered'
    ? answered
    : shown?.[shown.length - ((frequency as Partial<Exclude<Frequency, string>>).times ?? 1)]
}

/** Whether it is there for visitors to find instead of coming up to them: then it takes no other survey's place. */
export const isPassive = ({ display }: SurveyRules): boolean =>
  /^(button|inline|page)$/.test(display?.kind as string)

/** Names of what `judgePage` decides, in its order. */
const pageRules = [
  'protected',
  'urls',
  'schedule',
  'sample',
  'frequency',
  'cooldown',
  'session',
  'snoozed',
] as const satisfies Verdict['rule'][]

/**
 * The rules about the page, the calendar and what this browser remembers, in the order of `pageRules`: bare verdicts,
 * and apart from `judgeVisitor`, because every page view pays for these. Names, and what was seen and wanted, are for
 * `judge` to add. A comparison with what is missing is false, so a rule that is not used stands against nothing.
 */
function judgePage(project: ProjectRules, survey: SurveyRules, facts: Facts): boolean[] {
  const { url, nowMs, memory } = facts
  const { protectedUrls, cooldownDays, onePerSession = true } = project
  const { urls, startMs, endMs, sample, frequency } = survey
  const { everyDays = Infinity } = (frequency ?? {}) as Partial<Exclude<Frequency, string>>
  const isAside = isPassive(survey)
  return [
    urlAllowed({ exclude: protectedUrls as string[] }, url),
    urlAllowed(urls, url),
    !(nowMs < (startMs as number) || nowMs >= (endMs as number)),
    !(share(survey.id, facts.seed) >= (sample as number)),
    frequency === 'always' || !((lastCounted(survey, facts) as number) > nowMs - everyDays * dayMs),
    isAside || !((memory.last as number) > nowMs - (cooldownDays as number) * dayMs),
    isAside || !onePerSession || !facts.sessionShown,
    !(nowMs < (memory.until as number)),
  ]
}

/** null for a time that is none: unlike `toISOString`, this never throws. */
const iso = (ms: number | undefined) => new Date(ms as number).toJSON()

/** What each rule about the page saw and what it wants, where it is used; times as ISO 8601, null where there is none. */
const details: Record<
  (typeof pageRules)[number],
  (project: ProjectRules, survey: SurveyRules, facts: Facts) => Partial<Verdict> | false | 0 | undefined
> = {
  protected: ({ protectedUrls }, _survey, { url }) =>
    protectedUrls && { value: normalizeUrl(url), wants: { exclude: protectedUrls } },
  urls: (_project, { urls }, { url }) => urls && { value: normalizeUrl(url), wants: urls },
  schedule: (_project, { startMs, endMs }, { nowMs }) =>
    !!(startMs || endMs) && { value: iso(nowMs), wants: [iso(startMs), iso(endMs)] },
  sample: (_project, { id, sample = 1 }, { seed }) => sample < 1 && { value: share(id, seed), wants: sample },
  frequency: (_project, survey, facts) =>
    survey.frequency !== 'always' && {
      value: iso(lastCounted(survey, facts)),
      wants: survey.frequency ?? 'once',
    },
  cooldown: ({ cooldownDays }, survey, { nowMs, memory: { last } }) =>
    !isPassive(survey) &&
    cooldownDays && { value: iso(nowMs), wants: [iso((last as number) + cooldownDays * dayMs), null] },
  session: ({ onePerSession = true }, survey, { sessionShown }) =>
    !isPassive(survey) && onePerSession && { value: sessionShown, wants: false },
  snoozed: (_project, _survey, { nowMs, memory: { until } }) =>
    until && { value: iso(nowMs), wants: [iso(until), null] },
}

/** Whether a survey has rules for `judgeVisitor`. */
export const asksVisitor = ({ audience, hours }: SurveyRules): boolean => !!(audience || hours)

/** The rules about the visitor: one verdict for each member of the audience, and the local hours. */
function judgeVisitor({ audience, hours }: SurveyRules, { nowMs, context }: Facts): Verdict[] {
  const verdicts: Verdict[] = []
  const add = (rule: Verdict['rule'], pass: boolean, value: unknown, wants: unknown) =>
    verdicts.push({ rule, pass, value, wants })
  for (const [path, want] of Object.entries(audience ?? {})) {
    const wants = { [path]: want } as Condition
    add('audience', matches(wants, context), lookup(context, path), wants)
  }
  if (hours) {
    const { from, to, days } = hours
    const now = new Date(nowMs)
    const local = `${now}`
    const time = local.slice(16, 21)
    // A range over midnight belongs to the day it began on.
    const isPastMidnight = from >= to && time < to
    const weekday = (now.getDay() + (isPastMidnight ? 6 : 7)) % 7 || 7
    const pass =
      (isPastMidnight || time >= from) && (from >= to || time < to) && days?.includes(weekday) !== false
    add('hours', pass, local, hours)
  }
  return verdicts
}

/**
 * Every rule that speaks about this survey, with its value and verdict; rules that neither the survey nor the project
 * uses are left out. This list is the decision and its explanation in one.
 */
export const judge = (project: ProjectRules, survey: SurveyRules, facts: Facts): Verdict[] => [
  ...judgePage(project, survey, facts).flatMap((pass, index) => {
    const rule = pageRules[index] as (typeof pageRules)[number]
    const detail = details[rule](project, survey, facts)
    return detail ? { rule, pass, ...detail } : []
  }),
  ...judgeVisitor(survey, facts),
]

/** Whether the page's rules let it show; without rules about the visitor that is the whole decision. Never throws. */
export const mayMeet = (project: ProjectRules, survey: SurveyRules, facts: Facts): boolean =>
  !!safely(() => !judgePage(project, survey, facts).includes(false))

/** Whether the page's address is one where the survey may be, whatever else speaks against it. */
export const belongsHere = (
  { protectedUrls = [] }: ProjectRules,
  { urls }: SurveyRules,
  url: string,
): boolean => urlAllowed({ exclude: protectedUrls }, url) && urlAllowed(urls, url)

/** Whether the survey may show now: every verdict passes. Never throws: where `judge` cannot decide, nothing shows. */
export const mayShow = (project: ProjectRules, survey: SurveyRules, facts: Facts): boolean =>
  mayMeet(project, survey, facts) &&
  !!safely(() => judgeVisitor(survey, facts).every((verdict) => verdict.pass))

/** Sorts surveys in the order in which they are asked when the moment of several has come: by priority, then by key. */
export const inOrderOfPriority = (
  a: { key: string; priority?: number },
  b: { key: string; priority?: number },
): number => (b.priority ?? 0) - (a.priority ?? 0) || (a.key < b.key ? -1 : 1)
