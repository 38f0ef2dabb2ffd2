import type { Question } from '@heed/contract'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileAnswerChecks } from '../src/ingest/answer-checks.ts'

const text = { en: 'x' }
const options = [
  { key: 'a', text },
  { key: 'b', text },
  { key: 'c', text },
]

/** What is wrong with one answer to one question; undefined when nothing is. */
function check(question: object, answer: unknown): string | undefined {
  const questions = [{ key: 'q', text, ...question } as unknown as Question]
  return compileAnswerChecks({ questions }).check({ q: answer })?.detail
}

const scales: [object, number, number][] = [
  [{ kind: 'nps' }, 0, 10],
  [{ kind: 'csat' }, 1, 5],
  [{ kind: 'ces' }, 1, 7],
  [{ kind: 'rating' }, 1, 5],
  [{ kind: 'rating', scale: 10 }, 1, 10],
]

describe.each(scales)('an answer to %j', (question, low, high) => {
  test(`is an integer from ${low} to ${high}, and nothing else is`, () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer({ min: -3, max: 14 }), fc.double(), fc.anything()), (value) => {
        const isFine = typeof value === 'number' && Number.isInteger(value) && value >= low && value <= high
        expect(check(question, value) === undefined).toBe(isFine)
      }),
    )
  })
})

const cases: [question: object, fine: unknown[], wrong: unknown[]][] = [
  [{ kind: 'gcr' }, ['yes', 'partly', 'no'], ['maybe', 'YES', 2, true, null, ['yes']]],
  [{ kind: 'thumbs' }, ['up', 'down'], ['left', 1, true]],
  [{ kind: 'consent' }, [true, false], ['true', 1, null]],
  [{ kind: 'single', options }, ['a', 'c'], ['d', 1, ['a'], { other: 'x' }, '__proto__', 'constructor']],
  [
    { kind: 'single', options, other: true },
    ['a', { other: 'mine' }],
    ['d', { other: 1 }, { other: 'x', more: 1 }, {}, { other: 'x'.repeat(501) }],
  ],
  [
    { kind: 'multiple', options, min: 1, max: 2 },
    [['a'], ['b', 'c'], { keys: ['a'] }],
    [[], ['a', 'b', 'c'], ['a', 'a'], ['d'], 'a', { keys: ['a'], other: 'x' }, { other: 'x' }, null, [['a']]],
  ],
  [
    { kind: 'multiple', options, other: true },
    [[], ['a', 'b', 'c'], { keys: [], other: 'mine' }, { keys: ['a', 'b', 'c'], other: 'mine' }],
    [{ other: 'mine' }, { keys: 'a' }, { keys: ['a'], other: 2 }, { keys: ['a'], more: 1 }],
  ],
  [{ kind: 'text', maxLength: 5 }, ['', '12345', '한국어'], ['123456', 5, null, ['a']]],
  [{ kind: 'text' }, ['x'.repeat(2000)], ['x'.repeat(2001)]],
  [
    { kind: 'email' },
    ['a@b.kr', 'x+y@sub.example.com'],
    ['a@b', 'a b@c.de', '@c.de', 'a@@b.c', `${'x'.repeat(320)}@b.c`],
  ],
  [{ kind: 'link', url: 'https://x.example' }, [], [true, 'x']],
  [{ kind: 'message' }, [], [true, '', null]],
]

describe.each(cases)('an answer to %j', (question, fine, wrong) => {
  test('is taken when it fits', () => {
    for (const answer of fine)
      expect({ answer, detail: check(question, answer) }).toEqual({ answer, detail: undefined })
  })

  test('is refused by its place when it does not', () => {
    for (const answer of wrong) expect(check(question, answer)).toMatch(/^answers\.q: expected .+, got .+/)
  })
})

test('the words of a visitor are not repeated in a refusal', () => {
  expect(check({ kind: 'text', maxLength: 5 }, 'my card is 4111')).not.toContain('4111')
})

test('only what a question says it feeds is counted, goal completion as a number', () => {
  const { metricsOf } = compileAnswerChecks({
    questions: [
      { key: 'a', kind: 'nps', metric: 'nps', text },
      { key: 'b', kind: 'csat', text },
      { key: 'c', kind: 'gcr', metric: 'gcr', text },
    ],
  })
  expect(metricsOf({ a: 0, b: 5, c: 'yes' })).toEqual({ nps: 0, gcr: 2 })
  expect(metricsOf({ c: 'partly' })).toEqual({ gcr: 1 })
  expect(metricsOf({ c: 'no' })).toEqual({ gcr: 0 })
  expect(metricsOf({ b: 1 })).toEqual({})
})
