import type { SurveyDefinition } from '@heed/contract'

const base = {
  locales: ['en', 'ar'],
  frequency: 'always',
  display: { kind: 'popover', appearance: { mode: 'light' } },
} satisfies Partial<SurveyDefinition>

/** A score, and one question that depends on it. */
const npsQuestions: SurveyDefinition['questions'] = [
  {
    key: 'nps',
    kind: 'nps',
    metric: 'nps',
    required: true,
    text: { en: 'Would you recommend us?', ar: 'هل توصي بنا؟' },
    next: [{ when: { $gte: 9 }, go: 'praise' }, { go: 'why' }],
  },
  {
    key: 'why',
    kind: 'text',
    text: { en: 'What went wrong?', ar: 'ما الخطأ؟' },
    next: [{ go: 'end' }],
  },
  { key: 'praise', kind: 'text', text: { en: 'What did you like?', ar: 'ما الذي أعجبك؟' } },
]

export const npsAfterPurchase: SurveyDefinition = {
  ...base,
  key: 'nps',
  name: 'After the order',
  triggers: [{ on: 'event', name: 'purchase' }],
  questions: npsQuestions,
}

/** One question about how easy something was, when its trigger says so. */
const ces = (key: string, more: Partial<SurveyDefinition> & Pick<SurveyDefinition, 'triggers'>) =>
  ({
    ...base,
    key,
    name: key,
    questions: [{ key: 'ces', kind: 'ces', metric: 'ces', text: { en: `Easy? (${key})`, ar: 'سهل؟' } }],
    ...more,
  }) satisfies SurveyDefinition

export const onRoute = ces('route', { triggers: [{ on: 'page' }], urls: { include: ['*/route/two'] } })
export const onLeaving = ces('exit', {
  triggers: [{ on: 'exit', minSeconds: 0 }],
  urls: { include: ['*/leaving'] },
})
