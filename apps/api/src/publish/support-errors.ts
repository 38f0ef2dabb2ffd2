import type { DisplayKind, QuestionKind, SurveyDefinition, TriggerKind } from '@heed/contract'
import type { ShapeError } from '../explain-shape.ts'

/** What the widget that this server sends can do. A survey that asks for more would silently never show. */
const supported = {
  questions: ['nps', 'csat', 'ces', 'gcr', 'single', 'text'] satisfies QuestionKind[] as string[],
  triggers: [
    'page',
    'event',
    'click',
    'scroll',
    'dwell',
    'exit',
    'manual',
  ] satisfies TriggerKind[] as string[],
  displays: ['popover'] satisfies DisplayKind[] as string[],
}

/** Every member that this version of the widget cannot show or obey. */
export function supportErrors({
  questions,
  triggers,
  display,
  maxResponses,
}: SurveyDefinition): ShapeError[] {
  const errors: ShapeError[] = []
  const need = (known: string[], value: string, path: string, thing: string) => {
    if (known.includes(value)) return
    errors.push({ path, message: `this version of Heed has no ${thing} "${value}"; use ${known.join(', ')}` })
  }
  for (const [index, { on }] of triggers.entries())
    need(supported.triggers, on, `triggers.${index}.on`, 'trigger')
  for (const [index, question] of questions.entries()) {
    need(supported.questions, question.kind, `questions.${index}.kind`, 'question kind')
    if ('shuffle' in question && question.shuffle) {
      const message = 'this version of Heed shows options in the order they are written; leave it out'
      errors.push({ path: `questions.${index}.shuffle`, message })
    }
  }
  need(supported.displays, display.kind, 'display.kind', 'display')
  if (maxResponses) {
    const message = 'this version of Heed does not stop a survey by itself; leave it out and pause the survey'
    errors.push({ path: 'maxResponses', message })
  }
  return errors
}
