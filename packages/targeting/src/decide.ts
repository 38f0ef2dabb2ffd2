import type { Condition, Hours, ProjectRules, SurveyRules } from '@heed/contract'
import { lookup, matches } from './condition.ts'
import { maxShown, type VisitorMemory } from './memory.ts'
import { share } from './share.ts'
import { normalizeUrl, urlAllowed } from './url.ts'

/** Everything a decision rests on. Reading it twice gives the same decision. */
export interface Facts {
  /** The page's full address. */
  url: string
  /** Milliseconds since the epoch. */
  nowMs: number
  /** The visitor's local time ahead of UTC, in minutes. @default the offset of this machine at `nowMs` */
  utcOffsetMinutes?: number
  /** The visitor's random id, or one made for this page load where nothing may be stored. */
  seed: string
  memory: VisitorMemory
  /** A survey was already shown in this visit. */
  sessionShown: boolean
  /** What audience conditions see: `device`, `locale`, `cart`, `product`, `attributes`, `event`... */
  context: Record<string, unknown>
}

/** One rule with what it saw and what it wants; times as ISO 8601. */
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

/** null for a time that is none: unlike `toISOString`, `toJSON` does not throw. */
const iso = (ms: number | undefined) => (ms ? new Date(ms).toJSON() : undefined)

/** A range over midnight belongs to the day it began on. Equal ends are a whole day. */
function isWithin({ from, to, days }: Hours, weekday: number, time: string): boolean {
  const isOn = (day: number) => !days || days.includes(day)
  return from < to
    ? isOn(weekday) && time >= from && time < to
    : (isOn(weekday) && time >= from) || (isOn(weekday === 1 ? 7 : weekday - 1) && time < to)
}

/**
 * Every rule that speaks about this survey, with its value and verdict; rules that neither the survey nor the project
 * uses are left out. An audience gives one verdict for each of its members. This list is the decision and its
 * explanation in one.
 */
export function judge(project: ProjectRules, survey: SurveyRules, facts: Facts): Verdict[] {
  const { nowMs, memory, context } = facts
  const { startMs, endMs, hours, frequency = 'once' } = survey
  const verdicts: Verdict[] = []
  const add = (rule: Verdict['rule'], pass: boolean, value: unknown, wants: unknown) =>
    verdicts.push({ rule, pass, value, wants })
  const now = iso(nowMs)
  const isRecent = (ms: number, days: number) => Math.abs(nowMs - ms) < days * dayMs

  const addUrls = (rule: 'protected' | 'urls', rules: SurveyRules['urls']) =>
    add(rule, urlAllowed(rules, facts.url), normalizeUrl(facts.url), rules)
  if (project.protectedUrls?.length) addUrls('protected', { exclude: project.protectedUrls })
  if (survey.urls) addUrls('urls', survey.urls)

  for (const [path, want] of Object.entries(survey.audience ?? {})) {
    const wants = { [path]: want } as Condition
    add('audience', matches(wants, context), lookup(context, path), wants)
  }

  if (startMs || endMs) {
    add('schedule', !(nowMs < (startMs ?? 0) || nowMs >= (endMs ?? Infinity)), now, [
      iso(startMs),
      iso(endMs),
    ])
  }

  if (hours) {
    const offset = facts.utcOffsetMinutes ?? -new Date(nowMs).getTimezoneOffset()
    const local = new Date(nowMs + offset * 60_000)
    const weekday = local.getUTCDay() || 7
    const time = `${local.toJSON()}`.slice(11, 16)
    add('hours', isWithin(hours, weekday, time), `${weekday} ${time}`, hours)
  }

  if (survey.sample !== undefined) {
    const place = share(survey.id, facts.seed)
    add('sample', place < survey.sample, place, survey.sample)
  }

  if (frequency !== 'always') {
    const { shown = [], answered } = memory.surveys?.[survey.id] ?? {}
    const displays = [shown].flat()
    if (frequency === 'untilAnswered') {
      add('frequency', !answered, iso(answered), frequency)
    } else if (frequency === 'once') {
      add('frequency', !displays.length && !answered, displays.length, frequency)
    } else {
      const count = displays.filter((ms) => isRecent(ms, frequency.everyDays)).length
      add('frequency', count < Math.min(frequency.times, maxShown), count, frequency)
    }
  }

  if (project.cooldownDays) {
    add(
      'cooldown',
      !isRecent(memory.last ?? -Infinity, project.cooldownDays),
      iso(memory.last),
      project.cooldownDays,
    )
  }
  if (project.onePerSession !== false) add('session', !facts.sessionShown, facts.sessionShown, false)
  if (memory.until) add('snoozed', !(nowMs < memory.until), now, iso(memory.until))
  return verdicts
}

/** Whether the survey may show now: every verdict passes. */
export const mayShow = (project: ProjectRules, survey: SurveyRules, facts: Facts): boolean =>
  judge(project, survey, facts).every((verdict) => verdict.pass)

/** The one to show among surveys whose moment has come: highest priority first, then by key. */
export const pickSurvey = (
  project: ProjectRules,
  candidates: readonly SurveyRules[],
  facts: Facts,
): SurveyRules | undefined =>
  [...candidates]
    .sort((a, b) => (b.priority ?? 0) - (a.priority ?? 0) || (a.key < b.key ? -1 : 1))
    .find((survey) => mayShow(project, survey, facts))
