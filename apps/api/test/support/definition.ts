import type { SurveyDefinition } from '@heed/contract'

/** A survey with a question of every kind that the widget shows; members of `changes` replace its own. */
export function definition(changes: Partial<SurveyDefinition> = {}): SurveyDefinition {
  return {
    key: 'after-order',
    name: 'After the order',
    triggers: [{ on: 'event', name: 'purchase', where: { value: { $gte: 50 } } }],
    locales: ['en', 'ko'],
    display: { kind: 'popover' },
    questions: [
      {
        key: 'nps',
        kind: 'nps',
        metric: 'nps',
        text: { en: 'How likely are you to recommend us?', ko: '추천하시겠어요?' },
        next: [{ when: { $lte: 6 }, go: 'why' }, { go: 'end' }],
      },
      {
        key: 'why',
        kind: 'text',
        text: { en: 'What went wrong?', ko: '무엇이 아쉬웠나요?' },
        maxLength: 200,
      },
    ],
    ...changes,
  }
}
