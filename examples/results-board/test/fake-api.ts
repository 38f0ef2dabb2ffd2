import type { FunnelReport, MetricsReport, Project, ResponseRecord, Score, Survey } from '@heed/contract'
import type { HeedApi } from '../src/heed-api.ts'

const at = '2026-11-22T09:00:00.000Z'

export const survey: Survey = {
  id: 'srv_1',
  key: 'product-csat',
  name: 'Product page',
  status: 'live',
  version: 1,
  createdAt: at,
  updatedAt: at,
  triggers: [{ on: 'page' }],
  locales: ['en', 'ko'],
  display: { kind: 'popover' },
  questions: [
    {
      key: 'csat',
      kind: 'csat',
      metric: 'csat',
      text: { en: 'How satisfied are you?', ko: '얼마나 만족하세요?' },
    },
    {
      key: 'missing',
      kind: 'single',
      other: true,
      text: { en: 'What was missing?' },
      options: [{ key: 'size', text: { en: 'The size', ko: '크기' } }],
    },
    { key: 'comment', kind: 'text', text: { en: 'Anything else?' } },
  ],
}

export const response = (
  answers: ResponseRecord['answers'],
  more: Partial<ResponseRecord> = {},
): ResponseRecord => ({
  id: '0198c6f2-7b1e-7c3a-9d54-3f2a8e6b1c90',
  surveyId: 'srv_1',
  surveyKey: 'product-csat',
  version: 1,
  seq: 1,
  receivedAt: at,
  occurredAt: at,
  updatedAt: at,
  locale: 'ko',
  country: 'KR',
  visitor: 'a-visitor',
  subject: 'somebody@example.com',
  subjectVerified: true,
  completed: true,
  answers,
  timing: {},
  context: { device: 'phone', url: 'https://shop.example/ko/' },
  tags: [],
  note: null,
  excluded: false,
  test: false,
  suspicion: { score: 0, reasons: [] },
  suspicious: false,
  superseded: false,
  ...more,
})

const score = (n: number): Score => ({
  score: 80,
  interval: [49, 94.3],
  n,
  confidence: n < 10 ? 'none' : n < 30 ? 'low' : 'ok',
})

/** An API that answers what a test wants to see. */
export function fakeApi(
  answered: number,
  responses: ResponseRecord[] = [],
  surveys: Survey[] = [survey],
): HeedApi {
  return {
    project: async () => ({ publicKey: 'pk_test' }) as Project,
    surveys: async () => surveys,
    metrics: async () =>
      ({ ...score(answered), counts: { satisfied: answered } }) as unknown as MetricsReport,
    funnel: async () =>
      ({
        counts: { shown: 20, seen: 18, started: 12, answered, completed: 9, dismissed: 8, snoozed: 0 },
        responseRate: score(20),
      }) as unknown as FunnelReport,
    responses: async () => ({ data: responses, nextCursor: null }),
  }
}

/** The same over HTTP: the body for an address below `/v1/projects/prj_1`. */
export async function answerAsApi(
  url: string,
  answered: number,
  responses: ResponseRecord[],
): Promise<string> {
  const fake = fakeApi(answered, responses)
  const { pathname } = new URL(url, 'http://localhost')
  const bodies: Record<string, () => Promise<unknown>> = {
    '': fake.project,
    '/surveys': async () => ({ data: await fake.surveys() }),
    '/metrics': () => fake.metrics('srv_1', 'csat'),
    '/funnel': () => fake.funnel('srv_1'),
    '/responses': () => fake.responses(20),
  }
  return JSON.stringify(await bodies[pathname.replace('/v1/projects/prj_1', '')]?.())
}
