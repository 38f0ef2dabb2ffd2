import type { SurveyDefinition } from '@heed/contract'

/** What the benchmarks' visitors are asked: a score and a comment. */
export const benchSurvey: SurveyDefinition = {
  key: 'bench',
  name: 'Benchmark',
  triggers: [{ on: 'manual' }],
  locales: ['en'],
  display: { kind: 'popover' },
  questions: [
    { key: 'nps', kind: 'nps', metric: 'nps', text: { en: 'How likely are you to recommend us?' } },
    { key: 'why', kind: 'text', text: { en: 'Why?' } },
  ],
}
