import type { Display, Question, SurveyDefinition } from '@heed/contract'

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

/** One surface each, opened by the page event of its own key. */
const surface = (key: string, display: Display) =>
  ces(key, { triggers: [{ on: 'event', name: key }], display: { ...display, appearance: { mode: 'light' } } })

export const surfaces: SurveyDefinition[] = [
  surface('bar', { kind: 'bar' }),
  surface('modal', { kind: 'modal' }),
  { ...surface('button', { kind: 'button' }), triggers: [{ on: 'page' }], urls: { include: ['*/tab'] } },
  {
    ...surface('own-button', { kind: 'button', selector: '#own' }),
    triggers: [{ on: 'page' }],
    urls: { include: ['*/own'] },
  },
  { ...surface('inline', { kind: 'inline', selector: '#ask' }), triggers: [{ on: 'page' }] },
  surface('teaser', { kind: 'popover', teaser: { en: 'A word?', ar: 'كلمة؟' } }),
  surface('snooze', { kind: 'popover', snooze: true }),
  { ...surface('hosted', { kind: 'page' }), triggers: [{ on: 'manual' }] },
]

const en = (text: string) => ({ en: text, ar: text })
const options = ['red', 'green', 'blue'].map((key) => ({ key, text: en(key) }))
const kinds: Question[] = [
  { key: 'nps', kind: 'nps', text: en('Kind nps') },
  { key: 'csat', kind: 'csat', style: 'stars', text: en('Kind csat') },
  { key: 'ces', kind: 'ces', text: en('Kind ces') },
  { key: 'gcr', kind: 'gcr', text: en('Kind gcr') },
  { key: 'thumbs', kind: 'thumbs', text: en('Kind thumbs') },
  { key: 'rating', kind: 'rating', scale: 10, style: 'numbers', text: en('Kind rating') },
  { key: 'single', kind: 'single', options, text: en('Kind single') },
  { key: 'multiple', kind: 'multiple', options, other: true, text: en('Kind multiple') },
  { key: 'link', kind: 'link', url: 'https://shop.example/help', text: en('Kind link') },
  { key: 'message', kind: 'message', text: en('Kind message') },
  { key: 'text', kind: 'text', multiline: false, text: en('Kind text') },
  { key: 'email', kind: 'email', text: en('Kind email') },
  { key: 'consent', kind: 'consent', text: en('Kind consent') },
]
export const everyKind: SurveyDefinition = {
  ...base,
  key: 'everything',
  name: 'Every kind of question',
  triggers: [{ on: 'event', name: 'everything' }],
  questions: kinds,
}
