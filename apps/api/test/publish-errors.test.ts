import type { Condition, SurveyDefinition } from '@heed/contract'
import { demoSurveys } from '@heed/example-storefront/surveys'
import { describe, expect, test } from 'vitest'
import { publishErrors } from '../src/publish/publish-errors.ts'
import { definition } from './support/definition.ts'

const both = { en: 'x', ko: 'x' }
const nps = { key: 'nps', kind: 'nps' as const, metric: 'nps' as const, text: both }

/** `path: message` of everything that keeps a survey from being published. */
function errorsOf(changes: Partial<SurveyDefinition> | Record<string, unknown>): string[] {
  return publishErrors({ ...definition(), ...changes } as SurveyDefinition).map(
    ({ path, message }) => `${path}: ${message}`,
  )
}

test('a survey that works has no errors', () => {
  expect(errorsOf({})).toEqual([])
})

test('golden definitions of the contract and the demo shop can be published', () => {
  for (const survey of demoSurveys) expect(publishErrors(survey)).toEqual([])
})

describe('what keeps a survey from being published', () => {
  const cases: [name: string, changes: Record<string, unknown>, errors: RegExp[]][] = [
    ['a misspelt member', { questiones: [] }, [/^questiones: unknown member/]],
    [
      'two questions with one key',
      { questions: [nps, { key: 'nps', kind: 'text', text: both }] },
      [/^questions\.1\.key: another question has the key "nps"/],
    ],
    [
      'a branch on the words of a text',
      {
        questions: [
          { key: 'why', kind: 'text', text: both, next: [{ when: { $glob: '*late*' }, go: 'end' }] },
        ],
      },
      [/^questions\.0\.next\.0\.when: a text can only be asked for `\$exists`/],
    ],
    [
      'a question called end',
      { questions: [{ key: 'end', kind: 'text', text: both }] },
      [/^questions\.0\.key: "end" names the ending/],
    ],
    [
      'a language without its text',
      { locales: ['en', 'ko', 'ja'], questions: [nps] },
      [/^questions\.0\.text\.ja: missing; the survey is offered in ja$/],
    ],
    [
      'an empty text',
      { questions: [{ ...nps, text: { en: 'x', ko: '  ' } }] },
      [/^questions\.0\.text\.ko: missing/],
    ],
    [
      'hints, labels, options, placeholders and endings too',
      {
        questions: [
          { ...nps, hint: { en: 'x' }, labels: { low: { en: 'x' } } },
          { key: 's', kind: 'single', text: both, options: [{ key: 'a', text: { ko: 'x' } }] },
          { key: 't', kind: 'text', text: both, placeholder: { en: 'x' } },
        ],
        ending: { text: { en: 'x' } },
      },
      [
        /^questions\.0\.hint\.ko/,
        /^questions\.0\.labels\.low\.ko/,
        /^questions\.1\.options\.0\.text\.en/,
        /^questions\.2\.placeholder\.ko/,
        /^ending\.text\.ko/,
      ],
    ],
    ['a language twice', { locales: ['en', 'ko', 'en'] }, [/^locales\.2: "en" is there twice/]],
    [
      'a language that is none',
      { locales: ['en', 'ko', 'en-aaaaaaaa-aaaaaaaa'] },
      [/^locales\.2: .* is not a language tag/, /^questions/, /^questions/],
    ],
    [
      'a way to nowhere',
      { questions: [{ ...nps, next: [{ go: 'why' }] }] },
      [/^questions\.0\.next\.0\.go: there is no question "why"/],
    ],
    [
      'a way back',
      { questions: [nps, { key: 'why', kind: 'text', text: both, next: [{ go: 'nps' }] }] },
      [/^questions\.1\.next\.0\.go: "nps" comes no later/],
    ],
    [
      'a way to itself',
      { questions: [{ ...nps, next: [{ go: 'nps' }] }] },
      [/^questions\.0\.next\.0\.go: "nps" comes no later/],
    ],
    [
      'an unknown operator on the way',
      { questions: [{ ...nps, next: [{ when: { $below: 6 }, go: 'end' }] }] },
      [/^questions\.0\.next\.0\.when\.\$below: unknown operator/],
    ],
    [
      'a path on the way',
      { questions: [{ ...nps, next: [{ when: { score: 6 }, go: 'end' }] }] },
      [/^questions\.0\.next\.0\.when\.score: expected operators/],
    ],
    [
      'two questions for one score',
      { questions: [nps, { ...nps, key: 'again' }] },
      [/^questions\.1\.metric: another question feeds nps already/],
    ],
    [
      'two options with one key',
      {
        questions: [
          {
            key: 's',
            kind: 'single',
            text: both,
            options: [
              { key: 'a', text: both },
              { key: 'a', text: both },
            ],
          },
        ],
      },
      [/^questions\.0\.options\.1\.key: another option/],
    ],
    [
      'an end before the start',
      { startAt: '2026-11-22T00:00:00Z', endAt: '2026-11-21T00:00:00Z' },
      [/^endAt: is not after startAt/],
    ],
    [
      'address patterns that never fit',
      { urls: { include: ['cart', '*/a b', '*/cart#top'], exclude: ['ftp://x'] } },
      [
        /^urls\.include\.0: begins neither .* write "\*cart", "\/cart"/,
        /^urls\.include\.1: contains a space/,
        /^urls\.include\.2: contains "#"/,
        /^urls\.exclude\.0: begins neither/,
      ],
    ],
    [
      'kinds this widget cannot show',
      {
        questions: [
          nps,
          { key: 'r', kind: 'rating', text: both },
          { key: 's', kind: 'single', text: both, options: [{ key: 'a', text: both }], shuffle: true },
        ],
        triggers: [
          { on: 'idle', seconds: 3 },
          { on: 'visible', selector: '#x' },
          { on: 'nth', what: 'page', count: 3 },
        ],
        display: { kind: 'modal' },
        maxResponses: 100,
      },
      [
        /^triggers\.0\.on: this version of Heed has no trigger "idle"; use page/,
        /^triggers\.1\.on/,
        /^triggers\.2\.on/,
        /^questions\.1\.kind: this version of Heed has no question kind "rating"/,
        /^questions\.2\.shuffle/,
        /^display\.kind: .* no display "modal"; use popover$/,
        /^maxResponses/,
      ],
    ],
  ]

  test.each(cases)('%s', (_name, changes, errors) => {
    const found = errorsOf(changes)
    expect(found).toHaveLength(errors.length)
    for (const [index, error] of errors.entries()) expect(found[index]).toMatch(error)
  })
})

function nested(depth: number): unknown {
  return depth === 0 ? { a: 1 } : { $not: nested(depth - 1) }
}

describe('a condition', () => {
  const cases: [condition: unknown, error: RegExp | undefined][] = [
    [{}, undefined],
    [
      {
        device: 'phone',
        'cart.value': { $lt: 50, $gte: 10 },
        $or: [{ 'attributes.vip': true }, { locale: { $in: ['ko', null] } }],
      },
      undefined,
    ],
    [
      {
        tags: { $all: ['a'], $size: { $gt: 1 }, $elemMatch: { $eq: 'a' } },
        $not: { page: { $glob: '*/cart' } },
      },
      undefined,
    ],
    [
      { a: { $type: 'string', $exists: true, $nin: [1], $ne: null, $not: { $lt: 2 } }, $nor: [{ b: 1 }] },
      undefined,
    ],
    [{ a: { $regex: '^(a+)+$' } }, /^audience\.a\.\$regex: unknown operator; there are \$eq/],
    [{ $where: 'x' }, /^audience\.\$where: unknown operator/],
    [{ a: { $constructor: 1 } }, /^audience\.a\.\$constructor: unknown operator/],
    [{ a: { $in: 'x' } }, /^audience\.a\.\$in: expected a list/],
    [{ a: { $lt: '' } }, /^audience\.a\.\$lt: expected a number or a text/],
    [{ a: { $lt: null } }, /^audience\.a\.\$lt/],
    [{ a: { $exists: 1 } }, /^audience\.a\.\$exists: expected true or false/],
    [{ a: { $type: 'date' } }, /^audience\.a\.\$type: expected one of/],
    [{ a: { $size: -1 } }, /^audience\.a\.\$size/],
    [{ $and: { a: 1 } }, /^audience\.\$and: expected a list of conditions/],
    [{ $or: [1] }, /^audience\.\$or\.0: expected an object/],
    [{ a: ['x'] }, /^audience\.a: expected an object/],
    [{ 'cart..value': 1 }, /^audience\.cart\.\.value: expected a dotted path/],
    [{ '': 1 }, /^audience\.: expected a dotted path/],
    [nested(40), /nested deeper than 32/],
  ]

  test.each(cases)('%j', (condition, error) => {
    const errors = errorsOf({ audience: condition as Condition })
    if (error === undefined) expect(errors).toEqual([])
    else expect(errors[0]).toMatch(error)
  })
})
