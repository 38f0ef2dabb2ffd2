import type { AnswerValue, QuestionTexts } from '@heed/contract'
import { signal } from '@preact/signals'
import type { PanelOptions, SaveOutcome } from '../panel-interface.ts'
import { firstQuestion, nextQuestion } from './branch.ts'
import type { Field } from './field.ts'
import { hooks } from './hooks.ts'
import { kindOf, kinds } from './kinds.ts'

/** How long a chosen score stays in view before the next question takes its place: long enough to see it taken. */
const beatMs = 240

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

export type PanelModel = ReturnType<typeof createPanelModel>

/**
 * One run through a survey: which question is asked, what was answered, what is being sent. Components read the
 * signals and call the actions; no DOM here. `_question` is undefined, and then nothing can be answered, when the panel
 * knows none of the questions.
 */
export function createPanelModel({ texts, host, context = {}, answers: given = {} }: PanelOptions) {
  const { ui } = texts
  const questions = texts.questions.map((one) => hooks._arrange(one, ui))
  const shownAtMs = performance.now()
  const timing: Record<string, number> = { shownMs: 0 }
  const stamp = (name: string) => {
    timing[name] = Math.round(performance.now() - shownAtMs)
  }

  /** The questions met so far; the last one is being asked. Going back shortens it. */
  const trail = signal([firstQuestion(questions) as QuestionTexts])
  /** What was chosen or typed, by question key; kept when the visitor goes back. */
  const drafts = signal<Record<string, AnswerValue | undefined>>({})
  const outcome = signal<SaveOutcome | ''>('')
  /** What hinders the visitor, by question key. */
  const errors = signal<Record<string, string>>({})
  const isBusy = signal(false)
  const isTentative = signal(false)
  let wasRefused = false

  const question = {
    get value() {
      return trail.value[trail.value.length - 1] as QuestionTexts
    },
  }

  for (const one of questions) {
    const value = given[one.key]
    if (value !== undefined) drafts.value[one.key] = kinds[one.kind]?._accept?.(value, one)
  }

  /** The answer as it is stored: text without surrounding space, nothing at all when there is none. */
  function settled(asked: QuestionTexts): AnswerValue | undefined {
    const value = drafts.value[asked.key]
    const { _settle } = kindOf(asked)
    return _settle ? _settle(value) : typeof value === 'string' ? value.trim() || undefined : value
  }

  const fill = (text: string): string => hooks._fill(text, model)

  function keep({ key }: QuestionTexts, value: AnswerValue | undefined) {
    if (timing.startedMs === undefined) {
      stamp('startedMs')
      host.report('started')
    }
    stamp(key)
    // First what was typed: to draw a field with less than it holds would end a composition.
    drafts.value = { ...drafts.value, [key]: value }
    if (errors.value[key]) errors.value = { ...errors.value, [key]: '' }
  }

  function move(path: QuestionTexts[]) {
    errors.value = {}
    trail.value = path
    isTentative.value = drafts.value[question.value.key] !== undefined
  }

  /** Whether these questions can be left as they are answered; says at each what is wrong with it. */
  function check(asked: QuestionTexts[]): boolean {
    const found: Record<string, string> = {}
    for (const one of asked) {
      const answer = settled(one)
      const { _isTapped, _isOpen, _complain } = kindOf(one)
      const complaint =
        answer !== undefined
          ? _complain?.(answer, one, ui)
          : (_isTapped || _isOpen) && one.required && ui.required
      if (complaint) found[one.key] = complaint
    }
    const isFine = !Object.keys(found).length
    wasRefused = !isFine
    errors.value = found
    return isFine
  }

  // Only the questions on this path count: going back and taking another branch leaves the first one behind.
  function save(path: QuestionTexts[], completed: boolean) {
    const answers: Record<string, AnswerValue> = {}
    for (const one of path) {
      const answer = settled(one)
      if (answer !== undefined) answers[one.key] = answer
    }
    return host.save(answers, completed, { ...timing }, hooks._pictureOf?.(path), path)
  }

  /** Gives the answers on this path and ends the survey when they are safe; else it is told `at` this key. */
  async function finish(path: QuestionTexts[], at: string) {
    isBusy.value = true
    stamp('completedMs')
    const result = await save(path, true)
    if (result === 'unsent') {
      isTentative.value = true
      errors.value = { [at]: ui.notSent }
    } else outcome.value = result
    isBusy.value = false
  }

  /** Takes `value` as the answer and goes on: to the next question at once, to the ending when the answer is safe. */
  async function commit(value?: AnswerValue) {
    if (isBusy.value) return
    const asked = question.value
    keep(asked, value)
    if (!check([asked])) return
    const answer = settled(asked)
    const next = nextQuestion(questions, asked, answer)
    if (!next) return finish(trail.value, asked.key)
    isBusy.value = true
    if (answer !== undefined) save(trail.value, false)
    await pause(beatMs)
    move([...trail.value, next])
    isBusy.value = false
  }

  if (question.value) move(trail.value)
  const model = {
    _texts: texts,
    _context: context,
    _questions: questions,
    _trail: trail,
    _question: question,
    /** Set once the answers are safe, which ends the survey. */
    _outcome: outcome,
    /** An answer is on its way; further ones are ignored until it has arrived. */
    _isBusy: isBusy,
    /** The choice waits for a button: it was made with the arrow keys or on an earlier visit, or was not sent. */
    _isTentative: isTentative,
    _errors: errors,
    _hasFailed: () => Object.values(errors.value).includes(ui.notSent),
    /** Once after an answer was not taken: the visitor is to be led to it. */
    _wasRefused() {
      const was = wasRefused
      wasRefused = false
      return was
    },
    _canGoBack: () => trail.value.length > 1,
    /** The answer at hand would be the last one. */
    _isLast: () => !nextQuestion(questions, question.value, settled(question.value)),
    _settled: settled,
    _check: check,
    _finish: finish,
    /** A text as the visitor reads it now. */
    _fill: fill,
    /** What a question is drawn with; `id` tells several on one page apart. */
    _field(asked: QuestionTexts, id = ''): Field {
      return {
        _question: {
          ...asked,
          text: fill(asked.text),
          ...(asked.hint && { hint: fill(asked.hint) }),
          ...(asked.placeholder && { placeholder: fill(asked.placeholder) }),
        },
        _id: id,
        _ui: ui,
        _host: host,
        _isRtl: texts.dir === 'rtl',
        _draft: drafts.value[asked.key],
        _error: errors.value[asked.key] ?? '',
        _isBusy: isBusy.value,
        _select(value) {
          if (isBusy.value) return
          keep(asked, value)
          isTentative.value = true
        },
        _choose: (value) => commit(value),
        _submit: model._submit,
      }
    },
    /** Gives the answer at hand. */
    _submit: () => commit(drafts.value[question.value.key]),
    _skip: () => commit(),
    _back() {
      if (!isBusy.value) move(trail.value.slice(0, -1))
    },
  }
  return model
}
