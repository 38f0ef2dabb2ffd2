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

/** The fewest questions on a way of which it is worth telling how far the visitor is. */
const longWay = 3

/** Whether there is a way through the questions on which the panel tells how far the visitor is. */
export function isLong(questions: readonly Question[]): boolean {
  const lengths = new Map([['end', 0]])
  let after = 'end'
  for (const { key, next = [] } of [...questions].reverse()) {
    const ways = next.some(({ when }) => !when) ? next : [...next, { go: after }]
    lengths.set(key, 1 + Math.max(...ways.map(({ go }) => lengths.get(go) ?? lengths.get(after) ?? 0)))
    after = key
  }
  return (lengths.get(after) ?? 0) >= longWay
}

/**
 * Parts that a survey's panel needs besides its core: `more` for rarer questions, pictures of the page, a short page,
 * texts with placeholders and answers that a link brings along (a survey of its own page); `surfaces` for everything but
 * popover and sheet, and for looks beyond accent, corners and font.
 */
export function panelParts({
  display,
  questions,
  ending,
}: Pick<SurveyDefinition, 'display' | 'questions' | 'ending'>): PanelPart[] {
  const needsMore =
    display.kind === 'page' ||
    display.layout === 'page' ||
    isLong(questions) ||
    questions.some(
      (question) =>
        !coreKinds.includes(question.kind) ||
        ('screenshot' in question && question.screenshot) ||
        textsOf(question).some(hasPlaceholder),
    ) ||
    hasPlaceholder(ending?.text)
  const needsSurfaces =
    display.kind !== 'popover' || Boolean(display.teaser) || display.snooze === true || hasOwnLook(display)
  return [...(needsMore ? (['more'] as const) : []), ...(needsSurfaces ? (['surfaces'] as const) : [])]
}
