import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { share } from '../src/index.ts'

describe('the place of a visitor', () => {
  // Published with GrowthBook's SDKs: packages/sdk-js/test/cases.json, "hash", version 2.
  it.each([
    ['seed', 'a', 0.0505],
    ['seed', 'b', 0.2696],
    ['foo', 'ab', 0.2575],
    ['foo', 'def', 0.2019],
    ['89123klj', '8952klfjas09ujkasdf', 0.124],
    ['90850943850283058242805', '123', 0.7516],
    ['()**(%$##$%#$#', '___)((*":&', 0.0128],
  ])('for %j and %j is where GrowthBook puts it', (seed, id, expected) => {
    expect(share(seed, id)).toBe(expected)
  })

  it('is in [0, 1) and never moves', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (seed, id) => {
        const place = share(seed, id)
        expect(place).toBeGreaterThanOrEqual(0)
        expect(place).toBeLessThan(1)
        expect(share(seed, id)).toBe(place)
      }),
    )
  })

  it.each([0.01, 0.1, 0.25, 0.5, 0.9])('puts a share of %d of all visitors below it', (sample) => {
    const visitors = 20_000
    let inside = 0
    for (let i = 0; i < visitors; i++) if (share('srv_7Yd2kqLw', `visitor-${i}`) < sample) inside++
    // Five standard deviations of a fair draw; the ids are fixed, so this cannot change from run to run.
    expect(Math.abs(inside / visitors - sample)).toBeLessThan(
      5 * Math.sqrt((sample * (1 - sample)) / visitors),
    )
  })

  it('does not sample the same visitors for every survey', () => {
    let both = 0
    for (let i = 0; i < 10_000; i++) {
      if (share('srv_a', `visitor-${i}`) < 0.1 && share('srv_b', `visitor-${i}`) < 0.1) both++
    }
    expect(both / 10_000).toBeGreaterThan(0.005)
    expect(both / 10_000).toBeLessThan(0.015)
  })
})
