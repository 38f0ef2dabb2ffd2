import { randomUUID } from 'node:crypto'
import type { DisplayState, SurveyDefinition } from '@heed/contract'
import { type DisplayRow, displayStateBits, type LossRow, newId, type ResponseRow } from '@heed/db'

/** The smallest definition; nothing here depends on what a survey asks. */
export const makeDefinition = (key = `survey-${newId('srv').slice(4).toLowerCase()}`): SurveyDefinition => ({
  key,
  name: key,
  triggers: [{ on: 'manual' }],
  locales: ['en'],
  display: { kind: 'popover' },
  questions: [{ key: 'nps', kind: 'nps', metric: 'nps', text: { en: 'How likely?' } }],
})

/** Rows of one survey; every call makes a new id unless it is given. */
export function rowsOf(projectId: string, surveyId = newId('srv')) {
  return {
    projectId,
    surveyId,
    response: (with_: Partial<ResponseRow> = {}): ResponseRow => ({
      projectId,
      id: randomUUID(),
      surveyId,
      surveyVersion: 1,
      seq: 1,
      ageMs: 0,
      locale: 'en',
      subjectVerified: false,
      completed: false,
      answers: {},
      timing: {},
      context: {},
      test: false,
      ...with_,
    }),
    display: (state: DisplayState, with_: Partial<DisplayRow> = {}): DisplayRow => ({
      projectId,
      id: randomUUID(),
      surveyId,
      surveyVersion: 1,
      states: displayStateBits(state),
      test: false,
      ...with_,
    }),
    loss: (with_: Partial<LossRow> = {}): LossRow => ({
      projectId,
      id: randomUUID(),
      reason: 'quota',
      count: 1,
      ...with_,
    }),
  }
}

export const always = { from: null, to: null }
