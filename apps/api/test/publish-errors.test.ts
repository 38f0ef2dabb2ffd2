import { readFileSync } from 'node:fs'
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
  const folder = new URL('../../../packages/contract/fixtures/v1/', import.meta.url)
  const golden = ['survey-definition.json', 'survey-definition-every-kind.json'].map(
    (name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as SurveyDefinition,
  )
  for (const survey of [...golden, ...demoSurveys]) expect(publishErrors(survey)).toEqual([])
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
      [/^questions\.0\.next\.0\.when: a question of the kind text can only be asked for `\$exists`/],
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
      'an inline survey without its place, and a place that no browser finds',
      { display: { kind: 'inline' } },
      [/^display\.selector: missing; an inline survey needs/],
    ],
    [
      'a teaser of a survey that waits by itself',
      { display: { kind: 'button', teaser: both } },
      [/^display\.teaser: a survey of the kind button/],
    ],
    [
      'selectors that no browser takes',
      {
        triggers: [
          { on: 'click', selector: 'a:eq(0)' },
          { on: 'visible', selector: 'main >' },
        ],
        display: { kind: 'inline', selector: 'div[' },
      },
      [
        /^triggers\.0\.selector: has ":eq"/,
        /^triggers\.1\.selector: is no CSS selector/,
        /^display\.selector: is no CSS selector/,
      ],
    ],
    [
      'an event to be counted that has no name',
      { triggers: [{ on: 'nth', what: 'event', count: 3 }] },
      [/^triggers\.0\.name: missing/],
    ],
    [
      'a way that depends on which options were ticked, on an address or on a message',
      {
        questions: [
          {
            key: 'm',
            kind: 'multiple',
            text: both,
            options: [{ key: 'a', text: both }],
            next: [{ when: { $all: ['a'] }, go: 'end' }],
          },
          { key: 'e', kind: 'email', text: both, next: [{ when: { $eq: 'x' }, go: 'end' }] },
          { key: 'i', kind: 'message', text: both, next: [{ when: { $gt: 1 }, go: 'end' }] },
        ],
      },
      [
        /^questions\.0\.next\.0\.when: a question of the kind multiple can only be asked for `\$exists`/,
        /^questions\.1\.next\.0\.when: a question of the kind email/,
        /^questions\.2\.next\.0\.when: a question of the kind message/,
      ],
    ],
    [
      'numbers of options that nobody can tick',
      {
        questions: [
          { key: 'a', kind: 'multiple', text: both, options: [{ key: 'a', text: both }], min: 2 },
          {
            key: 'b',
            kind: 'multiple',
            text: both,
            options: [{ key: 'a', text: both }],
            other: true,
            min: 2,
            max: 1,
          },
        ],
      },
      [
        /^questions\.0\.min: cannot be above the number of choices \(1\)/,
        /^questions\.1\.min: cannot be above max \(1\)/,
      ],
    ],
    [
      'an answer required where none can be given',
      { questions: [nps, { key: 'm', kind: 'message', text: both, required: true }] },
      [/^questions\.1\.required: a message takes no answer/],
    ],
    [
      'links and logos of an unsafe scheme, or that are no address',
      {
        questions: [nps, { key: 'l', kind: 'link', text: both, url: 'javascript:alert(1)' }],
        display: { kind: 'popover', appearance: { logo: 'http://shop.example/logo.png' } },
      },
      [/^display\.appearance\.logo: expected/, /^questions\.1\.url: expected/],
    ],
    [
      'an address that cannot be read',
      { questions: [nps, { key: 'l', kind: 'link', text: both, url: 'https://[' }] },
      [/^questions\.1\.url: is no address/],
    ],
    [
      'words on a link, a teaser and a button in every language',
      {
        questions: [
          nps,
          { key: 'l', kind: 'link', text: both, url: 'https://shop.example', label: { en: 'x' } },
        ],
        display: { kind: 'bar', teaser: { ko: 'x' }, label: { en: 'x' } },
      },
      [/^questions\.1\.label\.ko: missing/, /^display\.teaser\.en: missing/, /^display\.label\.ko: missing/],
    ],
    [
      'a card that cannot be read, in light and in dark',
      { display: { kind: 'popover', appearance: { background: '#777', textDark: '#333', accent: '#fff' } } },
      [
        /^display\.appearance\.text: #1c1c20 on #777 cannot be read well \(contrast 3\.\d+\)/,
        /^display\.appearance\.textDark: #333 on #1d1d21/,
      ],
    ],
    [
      'placeholders that nothing can fill, in any language',
      {
        questions: [
          { ...nps, text: { en: '{product.name|your order}', ko: '{product.name}' } },
          { key: 'why', kind: 'text', text: { en: '{visitor.email|you}', ko: 'x' }, hint: both },
          {
            key: 'more',
            kind: 'text',
            text: { en: '{answers.last|that}', ko: '{answers.why|그것}' },
            hint: { en: 'a { b', ko: 'x' },
          },
          { key: 'last', kind: 'text', text: both, placeholder: { en: 'x', ko: '{product|x}' } },
        ],
        ending: { text: { en: '{answers.last| }', ko: 'x' } },
      },
      [
        /^questions\.0\.text\.ko: \{product\.name\} has no words for where it is missing; write \{product\.name\|/,
        /^questions\.1\.text\.en: \{visitor\.email\|you\} names nothing that is known/,
        /^questions\.2\.text\.en: \{answers\.last\|that\}: no earlier question has the key "last"/,
        /^questions\.2\.hint\.en: has a brace without its other half/,
        /^questions\.3\.placeholder\.ko: \{product\|x\} names nothing/,
        /^ending\.text\.en: .* has no words/,
      ],
    ],
    [
      'placeholders where none is filled in',
      {
        questions: [
          { ...nps, labels: { low: { en: '{product.name|x}', ko: 'x' } } },
          { key: 's', kind: 'single', text: both, options: [{ key: 'a', text: { en: '{a}', ko: 'x' } }] },
        ],
        display: { kind: 'bar', teaser: { en: '{product.name|x}', ko: 'x' } },
      },
      [/^questions\.0\.labels\.low\.en: has braces/, /^questions\.1\.options\.0/, /^display\.teaser\.en/],
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
