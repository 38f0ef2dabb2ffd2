import type { Metric } from '@heed/contract'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { differs, npsScore, proportionScore, scoreOf } from '../src/index.ts'

const metric = fc.constantFrom<Metric>('nps', 'csat', 'ces', 'gcr')
const histogram = fc.array(fc.nat({ max: 500 }), { maxLength: 12 })
const total = (counts: Record<string, number>) => Object.values(counts).reduce((sum, count) => sum + count, 0)

describe('the score of a metric', () => {
  it('NPS counts 9 and 10 as promoters, 7 and 8 as passives, the rest as detractors', () => {
    const score = scoreOf('nps', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
    expect(score.counts).toEqual({ promoters: 21, passives: 17, detractors: 28 })
    expect(score).toMatchObject(npsScore({ promoters: 21, passives: 17, detractors: 28 }))
    expect(score.histogram).toEqual({ 0: 1, 1: 2, 2: 3, 3: 4, 4: 5, 5: 6, 6: 7, 7: 8, 8: 9, 9: 10, 10: 11 })
    expect(score.mean).toBe(6.67)
  })

  it('CSAT is the share of 4 and 5', () => {
    const score = scoreOf('csat', [0, 1, 2, 3, 4, 5])
    expect(score).toMatchObject(proportionScore(9, 15))
    expect(score.counts).toEqual({ satisfied: 9, neutral: 3, dissatisfied: 3 })
    expect(score.histogram).toEqual({ 1: 1, 2: 2, 3: 3, 4: 4, 5: 5 })
    expect(score.mean).toBe(3.67)
  })

  it('CES is the share of 5 to 7, with its mean', () => {
    const score = scoreOf('ces', [0, 1, 1, 1, 1, 1, 1, 2])
    expect(score).toMatchObject(proportionScore(4, 8))
    expect(score.counts).toEqual({ agree: 4, neutral: 1, disagree: 3 })
    expect(score.mean).toBe(4.38)
  })

  it('GCR is the share of yes, and has no mean', () => {
    const score = scoreOf('gcr', [1, 2, 3])
    expect(score).toMatchObject(proportionScore(3, 6))
    expect(score.counts).toEqual({ yes: 3, partly: 2, no: 1 })
    expect(score.histogram).toEqual({ no: 1, partly: 2, yes: 3 })
    expect(score.mean).toBeNull()
  })

  it('is null without answers, with every class and value at 0', () => {
    expect(scoreOf('csat', [])).toEqual({
      score: null,
      interval: null,
      n: 0,
      confidence: 'none',
      counts: { satisfied: 0, neutral: 0, dissatisfied: 0 },
      histogram: { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 },
      mean: null,
    })
  })

  it('lists classes from best to worst', () => {
    expect(Object.keys(scoreOf('nps', []).counts)).toEqual(['promoters', 'passives', 'detractors'])
    expect(Object.keys(scoreOf('csat', []).counts)).toEqual(['satisfied', 'neutral', 'dissatisfied'])
    expect(Object.keys(scoreOf('ces', []).counts)).toEqual(['agree', 'neutral', 'disagree'])
    expect(Object.keys(scoreOf('gcr', []).counts)).toEqual(['yes', 'partly', 'no'])
  })

  it('ignores values that the scale does not have', () => {
    expect(scoreOf('csat', [9, 1, 1, 1, 1, 1, 9, 9])).toEqual(scoreOf('csat', [0, 1, 1, 1, 1, 1]))
  })

  it('counts every answer in exactly one class and one value', () => {
    fc.assert(
      fc.property(metric, histogram, (one, given) => {
        const { n, counts, histogram: byValue } = scoreOf(one, given)
        expect(total(counts)).toBe(n)
        expect(total(byValue)).toBe(n)
      }),
    )
  })

  it('rises or stays when one answer is changed for a better one', () => {
    fc.assert(
      fc.property(
        metric,
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 11, maxLength: 11 }),
        fc.nat({ max: 9 }),
        (one, given, value) => {
          const better = given.map((count, i) =>
            i === value ? count - 1 : i === value + 1 ? count + 1 : count,
          )
          const [before, after] = [scoreOf(one, given), scoreOf(one, better)]
          fc.pre(before.n === after.n)
          expect(after.score ?? 0).toBeGreaterThanOrEqual(before.score ?? 0)
        },
      ),
    )
  })
})

describe('two scores', () => {
  const nps = (promoters: number, passives: number, detractors: number) =>
    scoreOf('nps', [detractors, 0, 0, 0, 0, 0, 0, passives, 0, 0, promoters])
  const gcr = (yes: number, no: number) => scoreOf('gcr', [no, 0, yes])

  it.each([
    ['30 and 30', nps(50, 30, 20), nps(500, 300, 200), false],
    ['30 and 40 of a hundred answers each', nps(50, 30, 20), nps(55, 30, 15), false],
    ['30 and 40 of a thousand answers each', nps(500, 300, 200), nps(550, 300, 150), true],
    // Newcombe 1998, table II, example (a): 56/70 and 48/80 differ by 0.0524 to 0.3339.
    ['56 of 70 and 48 of 80', gcr(56, 14), gcr(48, 32), true],
    // Example (d): 5/56 and 0/29 differ by -0.0381 to 0.1926.
    ['5 of 56 and 0 of 29', gcr(5, 51), gcr(0, 29), false],
    ['a score and none', nps(500, 0, 0), nps(0, 0, 0), false],
  ])('%s', (_what, a, b, expected) => {
    expect(differs(a, b)).toBe(expected)
    expect(differs(b, a)).toBe(expected)
  })

  it('may differ though their intervals overlap', () => {
    const [a, b] = [gcr(100, 100), gcr(122, 78)]
    expect(a.interval?.[1]).toBeGreaterThan(b.interval?.[0] ?? 0)
    expect(differs(a, b)).toBe(true)
  })

  it('differ whenever their intervals do not overlap, and never from themselves', () => {
    fc.assert(
      fc.property(metric, histogram, histogram, (one, first, second) => {
        const [a, b] = [scoreOf(one, first), scoreOf(one, second)]
        fc.pre(a.n > 2 && b.n > 2)
        const [aLo, aHi] = a.interval ?? [0, 0]
        const [bLo, bHi] = b.interval ?? [0, 0]
        if (aHi < bLo - 0.1 || bHi < aLo - 0.1) expect(differs(a, b)).toBe(true)
        expect(differs(a, a)).toBe(false)
      }),
    )
  })
})
