import type { AnswerValue, QuestionTexts, SurveyTexts } from '@heed/contract'
import { computed, signal } from '@preact/signals'
import type { PanelHost, SaveOutcome } from '../panel-interface.ts'
import { firstQuestion, nextQuestion } from './branch.ts'

/** How long a chosen score stays in view before the next question takes its place: long enough to see it taken. */
const beatMs = 240

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** The answer as it is stored: text without surrounding space, nothing at all when there is none. */
function settle(value: AnswerValue | undefined): AnswerValue | undefined {
  if (typeof value === 'string') return value.trim() || undefined
  if (typeof value !== 'object') return value
  const other = (value as { other: string }).other.trim()
  return other ? { other } : undefined
}

export type PanelModel = ReturnType<typeof createPanelModel>

/**
 * One run through a survey: which question is asked, what was answered, what is being sent. Components read the
 * signals and call the actions; no DOM here. `_question` is undefined, and then nothing can be answered, when the panel
 * knows none of the questions.
 */
export function createPanelModel(texts: SurveyTexts, host: PanelHost) {
  const { questions, ui } = texts
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
  const error = signal('')
  const isBusy = signal(false)
  const isTentative = signal(false)

  const question = computed(() => trail.value[trail.value.length - 1] as QuestionTexts)
  const draft = computed(() => drafts.value[question.value.key])

  function keep(value: AnswerValue | undefined) {
    if (timing.startedMs === undefined) {
      stamp('startedMs')
      host.report('started')
    }
    error.value = ''
    drafts.value = { ...drafts.value, [question.value.key]: value }
  }

  function move(path: QuestionTexts[]) {
    error.value = ''
    trail.value = path
    isTentative.value = draft.value !== undefined
  }

  /** Takes `value` as the answer and goes on: to the next question at once, to the ending when the answer is safe. */
  async function commit(value?: AnswerValue) {
    if (isBusy.value) return
    const asked = question.value
    const answer = settle(value)
    if (asked.required && answer === undefined) {
      error.value = ui.required
      return
    }
    keep(answer)
    stamp(asked.key)
    isBusy.value = true
    // Only the questions on this path count: going back and taking another branch leaves the first one behind.
    const answers: Record<string, AnswerValue> = {}
    for (const { key } of trail.value) {
      const given = drafts.value[key]
      if (given !== undefined) answers[key] = given
    }
    const next = nextQuestion(questions, asked, answer)
    if (next) {
      if (answer !== undefined) host.save(answers, false, { ...timing })
      await pause(beatMs)
      move([...trail.value, next])
    } else {
      stamp('completedMs')
      const result = await host.save(answers, true, { ...timing })
      if (result === 'unsent') {
        isTentative.value = true
        error.value = ui.notSent
      } else outcome.value = result
    }
    isBusy.value = false
  }

  return {
    _texts: texts,
    _question: question,
    /** The answer as far as it goes. */
    _draft: draft,
    /** Set once the answers are safe, which ends the survey. */
    _outcome: outcome,
    /** What hinders the visitor, in words; '' when nothing does. */
    _error: error,
    /** An answer is on its way; further ones are ignored until it has arrived. */
    _isBusy: isBusy,
    /** The choice waits for a button: it was made with the arrow keys or on an earlier visit, or was not sent. */
    _isTentative: isTentative,
    _hasFailed: () => error.value === ui.notSent,
    _canGoBack: () => trail.value.length > 1,
    /** The answer at hand would be the last one. */
    _isLast: () => !nextQuestion(questions, question.value, settle(draft.value)),
    /** Choosing and typing: changes the answer without giving it. */
    _select(value: AnswerValue) {
      if (isBusy.value) return
      keep(value)
      isTentative.value = true
    },
    /** A tap on a score: that is the answer. */
    _choose: (value: AnswerValue) => commit(value),
    _submit: () => commit(draft.value),
    _skip: () => commit(),
    _back() {
      if (!isBusy.value) move(trail.value.slice(0, -1))
    },
  }
}
