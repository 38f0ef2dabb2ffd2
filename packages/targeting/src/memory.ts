/** What one browser remembers of its visitor, kept as JSON under one storage key, or in memory without consent. */
export interface VisitorMemory {
  /** Random visitor id, only where consent allows. */
  id?: string
  /** When any survey was last shown. Milliseconds since the epoch, as all times here. */
  last?: number
  /** Nothing shows before this: the visitor chose "later" or "never". */
  until?: number
  /** When the last page was seen; tells visits apart. */
  page?: number
  /** By survey id. */
  surveys?: Record<string, SurveyMemory>
}

export interface SurveyMemory {
  /** When the survey was shown, oldest first, the last ten. */
  shown?: number[]
  /** When an answer was last given. */
  answered?: number
}

/** Length of `shown`, and so the most `times` a frequency can count. */
const maxShown = 10

const note = (memory: VisitorMemory, surveyId: string, change: SurveyMemory): VisitorMemory => ({
  ...memory,
  surveys: { ...memory.surveys, [surveyId]: { ...memory.surveys?.[surveyId], ...change } },
})

/** The memory after a display. The given one is left as it was. */
export const noteShown = (memory: VisitorMemory, surveyId: string, nowMs: number): VisitorMemory => {
  const shown = [memory.surveys?.[surveyId]?.shown ?? [], nowMs].flat().slice(-maxShown)
  return { ...note(memory, surveyId, { shown }), last: nowMs }
}

/** The memory after an answer. The given one is left as it was. */
export const noteAnswered = (memory: VisitorMemory, surveyId: string, nowMs: number): VisitorMemory =>
  note(memory, surveyId, { answered: nowMs })
