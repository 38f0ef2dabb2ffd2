import fc, { type Arbitrary } from 'fast-check'

const moment = fc.constantFrom(
  '2026-01-01',
  '2026-11-22T09:00:00Z',
  '2099-01-01T00:00:00.5+09:00',
  '0001-01-01',
  '9999-12-31T23:59:59Z',
  '2026-02-30',
)
const conditions = [
  '{"device":"phone"}',
  '{"nps":{"$lte":6}}',
  '{"$or":[{"country":"KR"},{"attributes.plan":{"$in":["a","b",null]}}]}',
  '{"$not":{"variant.exp1":{"$exists":true}}}',
  '{"nps":{"$gt":1e400}}',
  '{"page":{"$glob":"*/checkout/*"}}',
  '{"$where":"1"}',
  '{"__proto__":1}',
]

/**
 * Values that fit a member or parameter of this name in ways that its schema cannot say. Without them nearly every
 * request would be refused before it reached the interesting part.
 */
export const hints: Record<string, Arbitrary<unknown>> = {
  locale: fc.constantFrom('en', 'ko', 'zh-Hant'),
  version: fc.constantFrom(1, 1, 1, 0, 2),
  format: fc.constantFrom('csv', 'ndjson', 'xlsx'),
  by: fc.constantFrom('device', 'country', 'page', 'version', 'variant.exp1', 'attributes.plan', 'nothing'),
  timezone: fc.constantFrom('UTC', 'Asia/Seoul', 'Europe/Berlin', 'Mars/Olympus', '+09:00'),
  question: fc.constantFrom('nps', 'why'),
  metric: fc.constantFrom('nps', 'csat'),
  where: fc.constantFrom(...conditions),
  from: moment,
  to: moment,
  search: fc.constantFrom('slow', '배송', '느려요 slow', '%', "it's", ':* & |', 'ａｂｃ'),
  answers: fc.record(
    {
      nps: fc.integer({ min: -1, max: 11 }),
      why: fc.string({ unit: 'grapheme', maxLength: 60 }),
    },
    { requiredKeys: [] },
  ),
  visitor: fc.constantFrom('visitor-1', 'visitor-2', null),
  subject: fc.constantFrom('subject-1', 'subject/2 ü', null),
  status: fc.constantFrom('active', 'active', 'active', 'paused'),
  origins: fc.constantFrom(
    [],
    [],
    [],
    ['https://shop.example'],
    ['https://*.shop.example', 'http://localhost:*'],
  ),
  lang: fc.constantFrom('en', 'ko', 'ar', 'xx-invalid-tag'),
}

/** Names whose values come from earlier replies, most of the time. */
export const knownNames = new Set([
  'projectId',
  'publicKey',
  'surveyId',
  'survey',
  'surveyKey',
  'responseId',
  'cursor',
  'preview',
  'keyId',
  // Of a part of the widget.
  'version',
  '*',
])
