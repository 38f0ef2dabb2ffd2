import type { Interval, Score } from '@heed/contract'
import { confidenceOf } from './confidence.ts'
import { adjustedWald, type Estimate, wilson } from './interval.ts'
import { roundHalfAway } from './round.ts'

/** Answers to an NPS question by class, whole numbers from 0. */
export interface NpsCounts {
  /** 9 and 10. */
  promoters: number
  /** 7 and 8. */
  passives: number
  /** 0 to 6. */
  detractors: number
}

const noScore = (): Score => ({ score: null, interval: null, n: 0, confidence: 'none' })

/** Percentage points with one decimal, no further out than a score can be, and never past the score itself. */
function intervalOf({ lo, hi }: Estimate, score: number, least: number): Interval {
  return [
    roundHalfAway(100 * Math.max(least, Math.min(lo, score)), 1),
    roundHalfAway(100 * Math.min(1, Math.max(hi, score)), 1),
  ]
}

/**
 * Net Promoter Score: percentage of promoters minus percentage of detractors, an integer from -100 to 100, with its
 * adjusted Wald interval in points with one decimal. `score` and `interval` are null without answers. A single answer's
 * interval is stretched to reach its score, which the method itself falls just short of.
 */
export function npsScore({ promoters, passives, detractors }: NpsCounts): Score {
  const n = promoters + passives + detractors
  if (n === 0) return noScore()
  const score = (promoters - detractors) / n
  const interval = intervalOf(adjustedWald(promoters, detractors, n), score, -1)
  return { score: roundHalfAway(100 * score, 0), interval, n, confidence: confidenceOf(n) }
}

/**
 * Share of successes in percent with one decimal, 0 to 100, with its Wilson interval: CSAT, CES, GCR and response
 * rates. `score` and `interval` are null when `n` is 0.
 */
export function proportionScore(successes: number, n: number): Score {
  if (n === 0) return noScore()
  const score = successes / n
  const interval = intervalOf(wilson(successes, n), score, 0)
  return { score: roundHalfAway(100 * score, 1), interval, n, confidence: confidenceOf(n) }
}
