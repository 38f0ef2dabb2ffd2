import type { Display, LocalizedText, PanelPart, Question, SurveyDefinition } from '@heed/contract'

/** What the panel draws by itself. */
const coreKinds: readonly string[] = ['nps', 'ces', 'text']

/** Every text of a question that may name what the page told or the visitor answered. */
function textsOf(question: Question): (LocalizedText | undefined)[] {
  const { text, hint } = question
  return [text, hint, 'placeholder' in question ? question.placeholder : undefined]
}

const hasPlaceholder = (text: LocalizedText | undefined): boolean =>
  Object.values(text ?? {}).some((words) => words.includes('{'))

/** The panel by itself paints accent, corners and font, in light and dark. */
const hasOwnLook = ({
  appearance: { mode, accent, accentDark, radius, font, ...more } = {},
}: Display): boolean => Object.values(more).some((value) => value !== undefined)

/**
 * Parts that a survey's panel needs besides its core: `more` for rarer questions, a short page, texts with placeholders
 * and answers that a link brings along (a survey of its own page); `surfaces` for everything but popover and sheet, and
 * for looks beyond accent, corners and font.
 */
export function panelParts({
  display,
  questions,
  ending,
}: Pick<SurveyDefinition, 'display' | 'questions' | 'ending'>): PanelPart[] {
  const needsMore =
    display.kind === 'page' ||
    display.layout === 'page' ||
    questions.some(
      (question) => !coreKinds.includes(question.kind) || textsOf(question).some(hasPlaceholder),
    ) ||
    hasPlaceholder(ending?.text)
  const needsSurfaces =
    display.kind !== 'popover' || Boolean(display.teaser) || display.snooze === true || hasOwnLook(display)
  return [...(needsMore ? (['more'] as const) : []), ...(needsSurfaces ? (['surfaces'] as const) : [])]
}
