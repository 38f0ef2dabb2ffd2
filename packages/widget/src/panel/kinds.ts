import type { QuestionKind } from './field.ts'
import { stepsOf, tapped } from './radios.tsx'
import { text } from './words.tsx'

/**
 * The kinds of questions that this panel can ask; extensions add theirs. Any other kind is passed over, so that an old
 * panel survives a new survey.
 */
export const kinds: Record<string, QuestionKind> = {
  nps: tapped((question) => stepsOf(question, 0, 11)),
  ces: tapped((question) => stepsOf(question, 1, 7)),
  text,
}

/** How a question is asked whose kind is known: the model meets no other. */
export const kindOf = ({ kind }: { kind: string }): QuestionKind => kinds[kind] as QuestionKind
