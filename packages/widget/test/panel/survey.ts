import type { AnswerValue, DisplayState, QuestionTexts, SurveyTexts } from '@heed/contract'
import { visitorTexts } from '../../src/locales/index.ts'
import type { PanelHost, SaveOutcome } from '../../src/panel-interface.ts'

/** A survey in English of the given questions. */
export const surveyOf = (...questions: QuestionTexts[]): SurveyTexts => ({
  id: 'srv_test',
  version: 1,
  locale: 'en',
  dir: 'ltr',
  appearance: { light: ['rgb(28,28,32)', '#fff'], dark: ['rgb(244,244,245)', '#000'] },
  questions,
  ending: 'Thank you',
  ui: visitorTexts('en').ui,
})

export const nps: QuestionTexts = {
  key: 'nps',
  kind: 'nps',
  text: 'How likely are you to recommend us?',
  required: true,
  labels: ['Not at all likely', 'Extremely likely'],
  next: { '*': 'why', 7: 'praise', 8: 'praise', 9: 'praise', 10: 'praise' },
}
export const why: QuestionTexts = {
  key: 'why',
  kind: 'text',
  text: 'What went wrong?',
  next: { '*': 'end' },
}
export const praise: QuestionTexts = { key: 'praise', kind: 'text', text: 'What did you like?' }

export interface Saved {
  answers: Record<string, AnswerValue>
  completed: boolean
  timing: Record<string, number>
}

/** A host that notes what it is told and answers each save with the next outcome, the last one again and again. */
export function hostThat(
  ...outcomes: SaveOutcome[]
): PanelHost & { reported: DisplayState[]; saved: Saved[] } {
  const reported: DisplayState[] = []
  const saved: Saved[] = []
  return {
    reported,
    saved,
    part: async () => undefined,
    report: (state) => void reported.push(state),
    save: async (answers, completed, timing) => {
      saved.push({ answers, completed, timing })
      return (outcomes.length > 1 ? outcomes.shift() : outcomes[0]) ?? 'stored'
    },
    snooze: () => {},
    occupy: () => {},
    closed: () => {},
  }
}
