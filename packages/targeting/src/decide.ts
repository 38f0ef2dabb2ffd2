import type { Condition, Frequency, ProjectRules, SurveyRules, UrlRules } from '@heed/contract'
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
  /** A survey was already shown in this visit. */
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

/** null for a time that is none: unlike `toISOString`, this never throws. */
const iso = (ms: number | undefined) => new Date(ms as number).toJSON()

/** Collects verdicts; both halves of a judgement write theirs this way. */
function collect() {
  const verdicts: Verdict[] = []
  const add = (rule: Verdict['rule'], pass: boolean, value: unknown, wants: unknown) =>
    verdicts.push({ rule, pass, value, wants })
  return { verdicts, add }
}

/**
 * The rules about the page, the calendar and what this browser remembers. Apart from `judgeVisitor` because every
 * page view pays for these, and only a shop that uses them for the others.
 */
export function judgePage(project: ProjectRules, survey: SurveyRules, facts: Facts): Verdict[] {
  const { url, nowMs, memory, sessionShown } = facts
  const { protectedUrls, cooldownDays, onePerSession = true } = project
  const { urls, sample = 1, frequency = 'once' } = survey
  const { verdicts, add } = collect()
  const addUrls = (rule: Verdict['rule'], wants: UrlRules) =>
    add(rule, urlAllowed(wants, url), normalizeUrl(url), wants)
  const addTimes = (rule: Verdict['rule'], fromMs = -Infinity, toMs = Infinity) =>
    add(rule, nowMs >= fromMs && nowMs < toMs, iso(nowMs), [iso(fromMs), iso(toMs)])

  if (protectedUrls) addUrls('protected', { exclude: protectedUrls })
  if (urls) addUrls('urls', urls)
  if (survey.startMs || survey.endMs) addTimes('schedule', survey.startMs, survey.endMs)
  if (sample < 1) {
    const place = share(survey.id, facts.seed)
    add('sample', place < sample, place, sample)
  }
  if (frequency !== 'always') {
    const { shown, answered } = memory.surveys?.[survey.id] ?? {}
    const { times = 1, everyDays = Infinity } = frequency as Partial<Exclude<Frequency, string>>
    const at = frequency === 'untilAnswered' ? answered : shown?.[shown.length - times]
    add('frequency', !((at as number) > nowMs - everyDays * dayMs), iso(at), frequency)
  }
  if (cooldownDays) addTimes('cooldown', (memory.last as number) + cooldownDays * dayMs || undefined)
  if (onePerSession) add('session', !sessionShown, sessionShown, false)
  if (memory.until) addTimes('snoozed', memory.until)
  return verdicts
}

/** Whether a survey has rules for `judgeVisitor`. */
export const asksVisitor = ({ audience, hours }: SurveyRules): boolean => !!(audience || hours)

/** The rules about the visitor: one verdict for each member of the audience, and the local hours. */
export function judgeVisitor({ audience, hours }: SurveyRules, { nowMs, context }: Facts): Verdict[] {
  const { verdicts, add } = collect()
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
  ...judgePage(project, survey, facts),
  ...judgeVisitor(survey, facts),
]

/** Whether the page's rules let it show; without rules about the visitor that is the whole decision. Never throws. */
export const mayMeet = (project: ProjectRules, survey: SurveyRules, facts: Facts): boolean =>
  !!safely(() => judgePage(project, survey, facts).every((verdict) => verdict.pass))

/** Whether the survey may show now: every verdict passes. Never throws: where `judge` cannot decide, nothing shows. */
export const mayShow = (project: ProjectRules, survey: SurveyRules, facts: Facts): boolean =>
  !!safely(() => judge(project, survey, facts).every((verdict) => verdict.pass))

/** The one to show among surveys whose moment has come: highest priority first, then by key. */
export const pickSurvey = (
  project: ProjectRules,
  candidates: readonly SurveyRules[],
  facts: Facts,
): SurveyRules | undefined =>
  [...candidates]
    .sort((a, b) => (b.priority ?? 0) - (a.priority ?? 0) || (a.key < b.key ? -1 : 1))
    .find((survey) => mayShow(project, survey, facts))
