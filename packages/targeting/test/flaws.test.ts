import type { Condition } from '@heed/contract'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findFlaws, matches } from '../src/index.ts'
import { condition, facts } from './arbitraries.ts'

const audience = (given: unknown) => findFlaws({ audience: given as Condition })

describe('rules that could never work', () => {
  it.each([
    ['an unknown operator', { device: { $regex: 'p' } }, 'audience.device.$regex'],
    ['an operator of another object', { device: { $toString: 1 } }, 'audience.device.$toString'],
    ['one value where a list belongs', { device: { $in: 'phone' } }, 'audience.device.$in'],
    ['a list where one value belongs', { device: ['phone'] }, 'audience.device'],
    ['an order with null', { 'cart.value': { $lt: null } }, 'audience.cart.value.$lt'],
    ['a type that is none', { a: { $type: 'list' } }, 'audience.a.$type'],
    ['text for a boolean', { a: { $exists: 'yes' } }, 'audience.a.$exists'],
    [
      'a flaw deep inside',
      { $or: [{ a: 1 }, { $not: { b: { $gte: true } } }] },
      'audience.$or[1].$not.b.$gte',
    ],
    ['no condition at all', 'device', 'audience'],
  ])('are named where they stand: %s', (_what, given, path) => {
    expect(audience(given).map((flaw) => flaw.path)).toEqual([path])
  })

  it('say what belongs there', () => {
    expect(audience({ device: { $in: 'phone' } })[0]?.message).toBe(
      'expected a list of texts, numbers, true, false or null',
    )
    expect(audience({ device: { $like: 'phone' } })[0]?.message).toContain('$glob')
  })

  it('are found in triggers, URL rules and protected URLs too', () => {
    expect(
      findFlaws({
        triggers: [
          { on: 'page' },
          { on: 'event', name: 'purchase', where: { value: { $gte: [] } } as never },
        ],
        urls: { include: ['shop.example/cart', '*/cart'], exclude: ['*/#/pay'] },
        protectedUrls: ['checkout'],
      }).map((flaw) => flaw.path),
    ).toEqual(['urls.include[0]', 'urls.exclude[0]', 'protectedUrls[0]', 'triggers[1].where.value.$gte'])
  })

  it('do not include any that work', () => {
    expect(findFlaws({})).toEqual([])
    const include = ['*', '/', '/cart*', '*/cart', 'https://shop.example/*', 'http*://shop.example/*']
    expect(findFlaws({ urls: { include } })).toEqual([])
    fc.assert(
      fc.property(condition, (given) => {
        expect(audience(given)).toEqual([])
      }),
    )
  })

  it('are found wherever neither a condition nor its negation holds', () => {
    const operand = fc.oneof(
      fc.constantFrom(null, '', 'x', 1, true),
      fc.array(fc.constantFrom('x', 1), { maxLength: 2 }),
      fc.record({ $eq: fc.constant(1) }),
    )
    const operator = fc.constantFrom(
      ...['$and', '$or', '$nor', '$in', '$nin', '$regex', '$lt', '$glob', '$exists', '$type', '$size', '$eq'],
    )
    const wild = fc.oneof(
      condition,
      fc.dictionary(fc.constantFrom('a', 'b'), fc.dictionary(operator, operand)),
    )
    fc.assert(
      fc.property(wild, facts, (given, value) => {
        const isDecided = matches(given as Condition, value) !== matches({ $not: given } as Condition, value)
        if (audience(given).length === 0) expect(isDecided).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  it('stop a condition that contains itself', () => {
    const endless: Condition = {}
    endless.$and = [endless]
    expect(audience(endless)).toHaveLength(1)
  })
})
