import type { AnswerValue, QuestionTexts, SurveyDefinition } from '@heed/contract'
import type { Answers } from '../npm/answers.ts'
import { enter } from './enter.ts'
import { find, headingsOf, isMadeFrom, openerOf, textsOf, wordsOf } from './read-survey.ts'
import { until } from './until.ts'

/** A survey on the page, as its visitor meets it. */
export interface OpenSurvey<Survey extends SurveyDefinition> {
  /** What the survey is drawn in; its shadow root is open. */
  readonly element: HTMLElement
  readonly isOpen: boolean
  /** What the visitor reads: the question, or the ending. */
  readonly text: string
  /** What hinders the visitor, in words; '' when nothing does. */
  readonly error: string
  /** Keys of the questions that are asked: one, or all of a short page; none at the ending. */
  readonly asked: (keyof Answers<Survey> & string)[]
  /** Opens what stands for the survey at first: a teaser or a side button. */
  open(): Promise<void>
  /**
   * Answers the question as a visitor would, and goes on to the next; on a short page, `send()` goes on.
   * @throws when the question is not the one that is asked, or does not offer that answer
   */
  answer<Key extends keyof Answers<Survey> & string>(
    key: Key,
    value: NonNullable<Answers<Survey>[Key]>,
  ): Promise<void>
  /** Presses the button that sends or goes on, as after a message. */
  send(): Promise<void>
  skip(): Promise<void>
  back(): Promise<void>
  /** Closes the survey as its visitor can. */
  dismiss(): Promise<void>
}

/** The survey on the page, undefined where it is not there. */
export function findSurvey<Survey extends SurveyDefinition>(survey: Survey): OpenSurvey<Survey> | undefined {
  if (!find(survey)) return undefined
  /** The newest answer and the question it was given to. */
  let last: [QuestionTexts, AnswerValue] | undefined

  const here = () => {
    const element = find(survey)
    if (!element) throw new Error(`heed: the survey "${survey.key}" is not on the page`)
    const texts = textsOf(survey, element)
    return { root: element.shadowRoot as ShadowRoot, element, texts, headings: headingsOf(element) }
  }

  /** The questions that are drawn, with their headings. Where two have the same words, the answer before decides. */
  const drawn = () => {
    const { element, texts, headings } = here()
    return (openerOf(element) ? [] : headings).flatMap((heading) => {
      const same = texts.questions.filter(({ text }) => isMadeFrom(text, heading))
      const [before, answer] = last ?? []
      const go = before?.next?.[`${answer}`] ?? before?.next?.['*']
      const question = same.find(({ key }) => key === go) ?? same[0]
      return question ? [{ question, heading }] : []
    })
  }

  /** Does something and waits until the survey has taken it: it shows something else, complains, or is gone. */
  const act = async (what: string, run: () => void) => {
    const before = here()
    const seen = before.headings[0]
    run()
    const hasMoved = () => {
      const element = find(survey)
      if (!element) return true
      const { root, headings } = here()
      return !root.querySelector('[aria-busy=true]') && (headings[0] !== seen || !!errorIn(root))
    }
    await until(hasMoved, () => `the survey "${survey.key}" to go on after ${what}`)
  }

  const press = (selector: string, what: string) =>
    act(what, () => {
      const button = here().root.querySelector<HTMLElement>(selector)
      if (!button) throw new Error(`heed: the survey "${survey.key}" offers no way to ${what} here`)
      button.click()
    })

  return {
    get element() {
      return here().element
    },
    get isOpen() {
      return !!find(survey)
    },
    get text() {
      return here().headings.map(wordsOf).join('\n')
    },
    get error() {
      return errorIn(here().root)
    },
    get asked() {
      return drawn().map(({ question }) => question.key) as (keyof Answers<Survey> & string)[]
    },
    async open() {
      const opener = openerOf(here().element)
      if (!opener) throw new Error(`heed: the survey "${survey.key}" is open already`)
      opener.click()
      await until(
        () => drawn().length > 0,
        () => `the survey "${survey.key}" to open`,
      )
    },
    async answer(key, value) {
      const found = drawn().find(({ question }) => question.key === key)
      if (!found) {
        const keys = drawn().map(({ question }) => `"${question.key}"`)
        throw new Error(
          `heed: the survey "${survey.key}" asks ${keys.join(', ') || 'nothing any more'}, not "${key}"`,
        )
      }
      const { root, texts } = here()
      const given = value as AnswerValue
      const fill = () => enter(root, found.heading.id, found.question, given)
      last = [found.question, given]
      if (texts.layout) return void fill()
      await act(`the answer to "${key}"`, () => {
        if (!fill()) root.querySelector<HTMLElement>('.main')?.click()
      })
    },
    send: () => press('.main', 'go on'),
    skip: () => press('.foot button:not(.main,.back)', 'skip'),
    back: () => press('.back', 'go back'),
    async dismiss() {
      here().root.querySelector<HTMLElement>('.close')?.click()
      await until(
        () => !find(survey) || !drawn().length,
        () => `the survey "${survey.key}" to close`,
      )
    },
  }
}

const errorIn = (root: ShadowRoot): string =>
  [...root.querySelectorAll('[role=alert]')].map(({ textContent }) => textContent ?? '').join('')
