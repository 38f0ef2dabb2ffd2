import type { ResponseRow } from '@heed/db'

/** A checked answer as ingest hands it on; members of `changes` replace its own. */
export function responseRow(changes: Partial<ResponseRow> = {}): ResponseRow {
  return {
    projectId: 'prj_rows',
    id: '0198c6f2-7b1e-7c3a-9d54-3f2a8e6b1c90',
    surveyId: 'srv_rows',
    surveyVersion: 1,
    seq: 1,
    ageMs: 0,
    locale: 'en',
    subjectVerified: false,
    completed: false,
    nps: 9,
    answers: { nps: 9 },
    timing: {},
    context: {},
    test: false,
    ...changes,
  }
}
