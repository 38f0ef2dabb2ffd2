import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { confidenceOf, npsScore, proportionScore } from '../src/index.ts'

const count = fc.nat({ max: 5000 })
const npsCounts = fc.record({ promoters: count, passives: count, detractors: count })
const proportion = fc
  .tuple(fc.nat({ max: 100_000 }), fc.integer({ min: 1, max: 100_000 }))
  .map(([a, b]) => ({ successes: Math.min(a, b), n: Math.max(a, b, 1) }))

/** `[lo, hi]` of a score that has answers. */
function bounds({ interval }: { interval: [number, number] | null }): [number, number] {
  if (!interval) throw new Error('no interval')
  return interval
}
const widthOf = (score: { interval: [number, number] | null }) => bounds(score)[1] - bounds(score)[0]

describe('the Net Promoter Score', () => {
  it.each([
    [10, 5, 5, 25, -11.7, 55.2],
    [50, 30, 20, 30, 14.1, 44.2],
    [200, 120, 80, 30, 22.2, 37.4],
    [1000, 600, 400, 30, 26.5, 33.4],
  ])(
    'of %i promoters, %i passives and %i detractors is %d, from %d to %d',
    (promoters, passives, detractors, score, lo, hi) => {
      const n = promoters + passives + detractors
      expect(npsScore({ promoters, passives, detractors })).toEqual({
        score,
        interval: [lo, hi],
        n,
        confidence: n < 30 ? 'low' : 'ok',
      })
    },
  )

  it.each([
    [10, 0, 100, 47.5, 100],
    [0, 10, -100, -100, -47.5],
    [1, 0, 100, -48.5, 100],
    [0, 1, -100, -100, 48.5],
  ])(
    'of %i promoters or %i detractors alone is %d, and its interval ends there',
    (promoters, detractors, score, lo, hi) => {
      expect(npsScore({ promoters, passives: 0, detractors })).toMatchObject({ score, interval: [lo, hi] })
    },
  )

  it('of nobody is no number', () => {
    expect(npsScore({ promoters: 0, passives: 0, detractors: 0 })).toEqual({
      score: null,
      interval: null,
      n: 0,
      confidence: 'none',
    })
  })

  it.each([
    [1, 0, 1, 0],
    [1, 199, 0, 1],
    [0, 199, 1, -1],
    [3, 197, 0, 2],
    [0, 197, 3, -2],
    [1, 200, 0, 0],
    [0, 200, 1, 0],
  ])('of %i, %i and %i rounds halves away from zero to %d', (promoters, passives, detractors, score) => {
    expect(npsScore({ promoters, passives, detractors }).score).toBe(score)
  })

  it('is rounded once: 44.45 is 44, though 44.5 would be 45', () => {
    expect(npsScore({ promoters: 889, passives: 1111, detractors: 0 }).score).toBe(44)
  })

  it('is an integer from -100 to 100, and its interval stays there too', () => {
    fc.assert(
      fc.property(npsCounts, (counts) => {
        const { score, interval, n } = npsScore(counts)
        fc.pre(n > 0)
        expect(Number.isInteger(score)).toBe(true)
        expect(Math.abs(score ?? 0)).toBeLessThanOrEqual(100)
        for (const bound of interval ?? []) expect(Math.abs(bound)).toBeLessThanOrEqual(100)
      }),
    )
  })

  it('lies in its interval', () => {
    const small = fc.nat({ max: 3 })
    const any = fc.oneof(npsCounts, fc.record({ promoters: small, passives: small, detractors: small }))
    fc.assert(
      fc.property(any, (counts) => {
        const score = npsScore(counts)
        fc.pre(score.n > 0)
        const [lo, hi] = bounds(score)
        // Of the exact score; the one shown is a whole number and may be half a point away.
        const exact = (100 * (counts.promoters - counts.detractors)) / score.n
        expect(lo).toBeLessThanOrEqual(exact + 0.05)
        expect(hi).toBeGreaterThanOrEqual(exact - 0.05)
      }),
    )
  })

  it('is known better the more answers there are', () => {
    fc.assert(
      fc.property(npsCounts, fc.integer({ min: 2, max: 20 }), ({ promoters, passives, detractors }, k) => {
        fc.pre(promoters + passives + detractors > 1)
        const more = { promoters: k * promoters, passives: k * passives, detractors: k * detractors }
        expect(widthOf(npsScore(more))).toBeLessThanOrEqual(
          widthOf(npsScore({ promoters, passives, detractors })),
        )
      }),
    )
    const widths = [1, 10, 100, 1000].map((k) =>
      widthOf(npsScore({ promoters: 5 * k, passives: 3 * k, detractors: 2 * k })),
    )
    expect(widths).toEqual([...widths].sort((a, b) => b - a))
    expect(new Set(widths).size).toBe(4)
  })

  it('is mirrored when promoters and detractors change places', () => {
    fc.assert(
      fc.property(npsCounts, ({ promoters, passives, detractors }) => {
        fc.pre(promoters + passives + detractors > 0)
        const score = npsScore({ promoters, passives, detractors })
        const mirrored = npsScore({ promoters: detractors, passives, detractors: promoters })
        const [lo, hi] = bounds(score)
        expect(mirrored.score).toBe(0 - (score.score ?? 0))
        expect(mirrored.interval).toEqual([0 - hi, 0 - lo])
      }),
    )
  })

  it('never answers minus zero', () => {
    expect(Object.is(npsScore({ promoters: 5, passives: 0, detractors: 5 }).score, 0)).toBe(true)
    expect(Object.is(npsScore({ promoters: 0, passives: 300, detractors: 1 }).score, 0)).toBe(true)
  })
})

describe('a share', () => {
  it.each([
    [8, 10, 80, 49.0, 94.3],
    [24, 30, 80, 62.7, 90.5],
    [80, 100, 80, 71.1, 86.7],
    [0, 10, 0, 0, 27.8],
    [10, 10, 100, 72.2, 100],
    [1, 3, 33.3, 6.1, 79.2],
  ])('of %i in %i is %d %%, from %d to %d', (successes, n, score, lo, hi) => {
    expect(proportionScore(successes, n)).toMatchObject({ score, interval: [lo, hi], n })
  })

  it('of nobody is no number', () => {
    expect(proportionScore(0, 0)).toEqual({ score: null, interval: null, n: 0, confidence: 'none' })
  })

  it.each([
    [1, 16, 6.3],
    [1, 80, 1.3],
    [3, 80, 3.8],
    [201, 20_000, 1],
    [2009, 200_000, 1],
    [1, 3000, 0],
  ])('of %i in %i is rounded once, to %d', (successes, n, score) => {
    expect(proportionScore(successes, n).score).toBe(score)
  })

  it('rounds every exact half up, whatever binary fractions make of it', () => {
    fc.assert(
      // (2k + 1) / 2000 is a half in the first decimal of a percentage.
      fc.property(fc.nat({ max: 999 }), fc.integer({ min: 1, max: 50 }), (k, factor) => {
        expect(proportionScore((2 * k + 1) * factor, 2000 * factor).score).toBe((k + 1) / 10)
      }),
    )
  })

  it('lies in its interval, and both stay from 0 to 100', () => {
    fc.assert(
      fc.property(proportion, ({ successes, n }) => {
        const score = proportionScore(successes, n)
        const [lo, hi] = bounds(score)
        expect(lo).toBeGreaterThanOrEqual(0)
        expect(lo).toBeLessThanOrEqual(score.score ?? Number.NaN)
        expect(hi).toBeGreaterThanOrEqual(score.score ?? Number.NaN)
        expect(hi).toBeLessThanOrEqual(100)
      }),
    )
  })

  it('is known better the more answers there are', () => {
    fc.assert(
      fc.property(proportion, fc.integer({ min: 2, max: 50 }), ({ successes, n }, k) => {
        // A tenth of a point is what rounding both ends can add.
        expect(widthOf(proportionScore(k * successes, k * n))).toBeLessThanOrEqual(
          widthOf(proportionScore(successes, n)) + 0.1000001,
        )
      }),
    )
  })

  it('is mirrored when successes and failures change places', () => {
    fc.assert(
      fc.property(proportion, ({ successes, n }) => {
        const [lo, hi] = bounds(proportionScore(successes, n))
        const [mirroredLo, mirroredHi] = bounds(proportionScore(n - successes, n))
        // Halves round up on both sides of 50, so a tenth may lie between.
        expect(Math.abs(mirroredLo - (100 - hi))).toBeLessThan(0.11)
        expect(Math.abs(mirroredHi - (100 - lo))).toBeLessThan(0.11)
      }),
    )
  })
})

describe('confidence', () => {
  it.each([
    [0, 'none'],
    [9, 'none'],
    [10, 'low'],
    [29, 'low'],
    [30, 'ok'],
    [1_000_000, 'ok'],
  ])('with %i answers is %s', (n, expected) => {
    expect(confidenceOf(n)).toBe(expected)
  })
})
