import type { Condition } from '@heed/contract'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matches } from '../src/index.ts'
import { condition, facts } from './arbitraries.ts'

const shop = {
  device: 'phone',
  locale: 'ko-KR',
  visits: 0,
  returning: false,
  coupon: null,
  search: '',
  cart: {
    value: 49.9,
    currency: 'KRW',
    items: [
      { id: 'sku1', price: 10 },
      { id: 'sku2', price: 39.9 },
    ],
  },
  tags: ['sale', 'new'],
}

const verdicts: [what: string, condition: Condition, expected: boolean][] = [
  ['an empty condition', {}, true],
  ['a plain scalar', { device: 'phone' }, true],
  ['a plain scalar that differs', { device: 'desktop' }, false],
  ['zero', { visits: 0 }, true],
  ['false', { returning: false }, true],
  ['a number written as text', { visits: '0' }, false],
  ['several members, all true', { device: 'phone', visits: 0 }, true],
  ['several members, one false', { device: 'phone', visits: 1 }, false],
  ['a dotted path', { 'cart.currency': 'KRW' }, true],
  ['a path into a list', { 'cart.items.1.id': 'sku2' }, true],
  ['a nested object', { cart: { currency: 'KRW', value: { $lt: 50 } } }, true],
  ['$eq', { device: { $eq: 'phone' } }, true],
  ['$ne', { device: { $ne: 'phone' } }, false],
  ['$lt', { 'cart.value': { $lt: 49.9 } }, false],
  ['$lte', { 'cart.value': { $lte: 49.9 } }, true],
  ['$gt', { 'cart.value': { $gt: 49.9 } }, false],
  ['$gte', { 'cart.value': { $gte: 49.9 } }, true],
  ['a range', { 'cart.value': { $gte: 40, $lt: 50 } }, true],
  ['a range that ends before', { 'cart.value': { $gte: 40, $lt: 45 } }, false],
  ['the order of texts', { device: { $gt: 'desktop', $lt: 'tablet' } }, true],
  ['$in', { device: { $in: ['tablet', 'phone'] } }, true],
  ['$in without it', { device: { $in: ['tablet', 'desktop'] } }, false],
  ['$in with a list that shares a member', { tags: { $in: ['gift', 'sale'] } }, true],
  ['$nin', { device: { $nin: ['tablet', 'desktop'] } }, true],
  ['$nin with a list that shares a member', { tags: { $nin: ['gift', 'sale'] } }, false],
  ['$all', { tags: { $all: ['new', 'sale'] } }, true],
  ['$all with one missing', { tags: { $all: ['new', 'gift'] } }, false],
  ['$all of a text', { device: { $all: ['phone'] } }, false],
  ['$elemMatch by operators', { tags: { $elemMatch: { $glob: 's*' } } }, true],
  ['$elemMatch by members', { 'cart.items': { $elemMatch: { id: 'sku2', price: { $gt: 30 } } } }, true],
  ['$elemMatch spread over two', { 'cart.items': { $elemMatch: { id: 'sku1', price: { $gt: 30 } } } }, false],
  ['$elemMatch of a text', { device: { $elemMatch: { $eq: 'phone' } } }, false],
  ['$size', { tags: { $size: 2 } }, true],
  ['$size by operators', { 'cart.items': { $size: { $gt: 2 } } }, false],
  ['$size of a text', { device: { $size: 5 } }, false],
  ['$exists', { cart: { $exists: true } }, true],
  ['$exists of null', { coupon: { $exists: true } }, false],
  ['$exists false', { 'order.id': { $exists: false } }, true],
  ['$type array', { tags: { $type: 'array' } }, true],
  ['$type object', { cart: { $type: 'object' } }, true],
  ['$type null', { coupon: { $type: 'null' } }, true],
  ['$type undefined', { order: { $type: 'undefined' } }, true],
  ['$type number', { visits: { $type: 'number' } }, true],
  ['$type of something else', { visits: { $type: 'string' } }, false],
  ['$glob', { locale: { $glob: 'ko*' } }, true],
  ['$glob is case-sensitive', { locale: { $glob: 'KO*' } }, false],
  ['$glob of a number', { visits: { $glob: '*' } }, false],
  ['$not over operators', { 'cart.value': { $not: { $lt: 50 } } }, false],
  ['$not over a condition', { $not: { device: 'desktop' } }, true],
  ['$and', { $and: [{ device: 'phone' }, { visits: 0 }] }, true],
  ['$or', { $or: [{ device: 'desktop' }, { visits: 0 }] }, true],
  ['$or with none true', { $or: [{ device: 'desktop' }, { visits: 1 }] }, false],
  ['$nor', { $nor: [{ device: 'desktop' }, { visits: 1 }] }, true],
  ['$nor with one true', { $nor: [{ device: 'desktop' }, { visits: 0 }] }, false],
  ['empty lists of conditions', { $and: [], $or: [] }, true],
  ['logic beside a path', { device: 'phone', $or: [{ visits: 0 }, { visits: 1 }] }, true],
  ['null for a null', { coupon: null }, true],
  ['null for a missing value', { 'order.id': null }, true],
  ['null for an empty text', { search: null }, false],
]

describe('a condition', () => {
  it.each(verdicts)('knows %s', (_what, given, expected) => {
    expect(matches(given, shop)).toBe(expected)
  })

  it.each([
    ['a scalar', 'phone'],
    ['$eq', { $eq: 0 }],
    ['$lt', { $lt: 50 }],
    ['$lte', { $lte: 0 }],
    ['$gt', { $gt: -1 }],
    ['$gte', { $gte: 0 }],
    ['$in', { $in: [0, ''] }],
    ['$all', { $all: [] }],
    ['$elemMatch', { $elemMatch: {} }],
    ['$size', { $size: 0 }],
    ['$glob', { $glob: '*' }],
    ['$exists', { $exists: true }],
    ['$type', { $type: 'null' }],
  ])('is false when the value that %s is compared with is missing', (_what, wants) => {
    expect(matches({ 'cart.value': wants } as Condition, {})).toBe(false)
    expect(matches({ 'cart.value': wants } as Condition, { cart: null })).toBe(false)
  })

  it('is true of a missing value when it negates a comparison', () => {
    expect(matches({ country: { $ne: 'KR' } }, {})).toBe(true)
    expect(matches({ country: { $nin: ['KR'] } }, {})).toBe(true)
    expect(matches({ country: { $not: { $eq: 'KR' } } }, {})).toBe(true)
    expect(matches({ country: { $exists: false } }, {})).toBe(true)
  })

  it.each([null, '', true, [], [5], {}])('gives %j no place before or after a number', (value) => {
    expect(matches({ 'cart.value': { $lt: 50 } }, { cart: { value } })).toBe(value === true)
  })

  it('takes a number that a shop pushed as text for the number', () => {
    expect(matches({ 'cart.value': { $lt: 50 } }, { cart: { value: '9.90' } })).toBe(true)
  })

  it.each(['__proto__.polluted', 'constructor.name', 'toString', 'cart.hasOwnProperty', 'device.length'])(
    'does not see %s, which the page never set',
    (path) => {
      expect(matches({ [path]: { $exists: true } }, shop)).toBe(false)
    },
  )

  it('sees a member that only looks like a prototype, and nothing behind it', () => {
    const facts = JSON.parse('{"__proto__": {"vip": true}}')
    expect(matches({ '__proto__.vip': true }, facts)).toBe(true)
    expect(matches({ vip: true }, facts)).toBe(false)
  })

  it.each([
    ['an unknown operator', { device: { $regex: 'p.*' } }],
    ['no list after $in', { device: { $in: 'phone' } }],
    ['no list after $nin', { device: { $nin: 'desktop' } }],
    ['no list after $and', { $and: { device: 'phone' } }],
    ['no condition at all', null],
    ['a text', 'device'],
  ])('matches nothing when it holds %s, negated or not', (_what, malformed) => {
    expect(matches(malformed as Condition, shop)).toBe(false)
    expect(matches({ $not: malformed } as Condition, shop)).toBe(malformed === null || malformed === 'device')
  })

  it('matches nothing when it contains itself', () => {
    const endless: Condition = {}
    endless.$and = [endless]
    expect(matches(endless, shop)).toBe(false)
    expect(matches({ $not: endless }, shop)).toBe(false)
  })

  it('survives a nesting deeper than any stack', () => {
    let deep: Condition = { device: 'phone' }
    for (let i = 0; i < 200_000; i++) deep = { $not: deep }
    expect(matches(deep, shop)).toBe(false)
  })

  it('takes a getter that throws for a missing value', () => {
    const trap = {
      get value() {
        throw new Error('page code')
      },
    }
    expect(matches({ 'cart.value': { $lt: 50 } }, { cart: trap })).toBe(false)
    expect(matches({ 'cart.value': { $exists: false } }, { cart: trap })).toBe(true)
  })

  it('never throws, whatever it is and whatever it is asked about', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (anything, value) => {
        expect(typeof matches(anything as Condition, value as Record<string, unknown>)).toBe('boolean')
      }),
    )
  })

  it('never throws on operators with arbitrary operands', () => {
    const operators = [
      ...['$and', '$or', '$nor', '$not', '$eq', '$ne', '$lt', '$lte', '$gt', '$gte', '$in', '$nin', '$all'],
      ...['$elemMatch', '$size', '$exists', '$type', '$glob', '$regex', 'a', 'a.b'],
    ]
    const wild = fc.dictionary(fc.constantFrom(...operators), fc.oneof(fc.jsonValue(), fc.anything()))
    fc.assert(
      fc.property(wild, fc.dictionary(fc.constantFrom('a', 'b'), fc.jsonValue()), (given, value) => {
        expect(typeof matches(given as Condition, value)).toBe('boolean')
        expect(typeof matches({ a: given } as Condition, value)).toBe('boolean')
      }),
    )
  })

  it('obeys De Morgan', () => {
    fc.assert(
      fc.property(fc.array(condition, { minLength: 1, maxLength: 4 }), facts, (list, given) => {
        const negated = list.map((one): Condition => ({ $not: one }))
        expect(matches({ $not: { $and: list } }, given)).toBe(matches({ $or: negated }, given))
        expect(matches({ $not: { $or: list } }, given)).toBe(matches({ $and: negated }, given))
        expect(matches({ $nor: list }, given)).toBe(matches({ $and: negated }, given))
      }),
    )
  })

  it('means the same written as one object or as $and of its members', () => {
    fc.assert(
      fc.property(condition, facts, (given, value) => {
        const members = Object.entries(given).map(([key, want]) => ({ [key]: want }) as Condition)
        expect(matches(given, value)).toBe(matches({ $and: members }, value))
        expect(matches({ $not: { $not: given } }, value)).toBe(matches(given, value))
      }),
    )
  })

  it('has $ne, $nin and a false $exists as exact opposites', () => {
    const scalar = fc.oneof(
      fc.string({ maxLength: 2 }),
      fc.integer({ min: 0, max: 3 }),
      fc.boolean(),
      fc.constant(null),
    )
    fc.assert(
      fc.property(scalar, fc.array(scalar, { maxLength: 3 }), facts, (one, some, value) => {
        expect(matches({ a: { $ne: one } }, value)).toBe(!matches({ a: one }, value))
        expect(matches({ a: { $nin: some } }, value)).toBe(!matches({ a: { $in: some } }, value))
        expect(matches({ a: { $exists: false } }, value)).toBe(!matches({ a: { $exists: true } }, value))
      }),
    )
  })
})
