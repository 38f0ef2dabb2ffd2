import type { LocalizedText, NextRule, Option, Question, SurveyDefinition, Trigger } from '@heed/contract'
import type { EventName } from './page-events.ts'

/** A text in every language of the survey: publishing refuses a survey that lacks one. */
type Worded<Locale extends string> = LocalizedText & Record<Locale, string>

/** What a member of a question has to be, by its name; anything goes for the others. */
interface WordedMembers<Locale extends string> {
  text: Worded<Locale>
  hint: Worded<Locale>
  placeholder: Worded<Locale>
  label: Worded<Locale>
  labels: { low?: Worded<Locale>; high?: Worded<Locale> }
  options: (Option & { text: Worded<Locale> })[]
}

type CheckedQuestion<One, Go extends string, Locale extends string> = {
  [Member in keyof One & keyof WordedMembers<Locale>]: WordedMembers<Locale>[Member]
} & { next?: (NextRule & { go: Go })[] }

/**
 * Each question with what it may say: `go` names a later question, or the end. A list that was put together at run time
 * has no order that types could know; publishing checks it.
 */
type Checked<Questions extends Question[], Locale extends string> = number extends Questions['length']
  ? Questions
  : Questions extends [infer One, ...infer Later extends Question[]]
    ? [CheckedQuestion<One, Later[number]['key'] | 'end', Locale>, ...Checked<Later, Locale>]
    : []

/** A trigger whose event has a name that `track()` knows. */
type KnownTrigger =
  | Exclude<Trigger, { on: 'event' | 'nth' }>
  | (Extract<Trigger, { on: 'event' }> & { name: EventName })
  | (Extract<Trigger, { on: 'nth' }> & { name?: EventName })

/** A survey that keeps its literal types, so that `show()` and `Answers` know its questions. */
export type DefinedSurvey<
  Key extends string = string,
  Locale extends string = string,
  Questions extends Question[] = Question[],
> = SurveyDefinition & { key: Key; locales: Locale[]; questions: Questions }

/**
 * A survey as typed code. Returns what it is given: the definition that `heed survey import` takes and the API
 * publishes; only a published survey can be shown, since the server checks each answer against that version.
 * What publishing would refuse mostly does not compile: a `go` to no later question, a text that lacks a language, an
 * event that `track()` does not know.
 */
export function defineSurvey<
  const Key extends string,
  const Locale extends string,
  const Questions extends Question[],
>(
  definition: Omit<SurveyDefinition, 'key' | 'locales' | 'questions' | 'triggers' | 'cancelOn' | 'ending'> & {
    key: Key
    /** The first is the default language. */
    locales: Locale[]
    triggers: KnownTrigger[]
    cancelOn?: { name: EventName }[]
    questions: Questions & Checked<Questions, NoInfer<Locale>>
    ending?: { text: Worded<NoInfer<Locale>> }
  },
): DefinedSurvey<Key, Locale, Questions> {
  return definition
}
