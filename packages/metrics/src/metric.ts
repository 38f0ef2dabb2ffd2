import type { Metric, MetricsReport } from '@heed/contract'
import { adjustedWald, difference, type Estimate, wilson } from './interval.ts'
import { roundHalfAway } from './round.ts'
import { npsScore, proportionScore } from './score.ts'

/** A score with the answers it was computed from. */
export type ScoreDetail = Pick<
  MetricsReport,
  'score' | 'interval' | 'n' | 'confidence' | 'counts' | 'histogram' | 'mean'
>

/** First value of a scale and, in rising order, the name of each value's class. */
interface Scale {
  first: number
  classes: readonly string[]
  /** Names of the values where they are not numbers. */
  names?: readonly string[]
}

const nTimes = (n: number, name: string): string[] => new Array<string>(n).fill(name)

/** What each answer counts as. NPS after Reichheld; CES 2.0 counts "somewhat agree" and up. The best class stands last. */
const scales: Record<Metric, Scale> = {
  nps: {
    first: 0,
    classes: [...nTimes(7, 'detractors'), ...nTimes(2, 'passives'), ...nTimes(2, 'promoters')],
  },
  csat: { first: 1, classes: [...nTimes(2, 'dissatisfied'), 'neutral', ...nTimes(2, 'satisfied')] },
  ces: { first: 1, classes: [...nTimes(3, 'disagree'), 'neutral', ...nTimes(3, 'agree')] },
  gcr: { first: 0, classes: ['no', 'partly', 'yes'], names: ['no', 'partly', 'yes'] },
}

/**
 * The score of a metric from its answers counted by value: `histogram[v]` answers gave the value `v` (GCR: no 0,
 * partly 1, yes 2). Members outside the metric's scale are not answers and count nowhere. `mean` has two decimals and is
 * null without answers and for GCR. Classes in `counts` stand from best to worst.
 */
export function scoreOf(metric: Metric, histogram: readonly number[]): ScoreDetail {
  const { first, classes, names } = scales[metric]
  const counts = Object.fromEntries([...new Set(classes)].reverse().map((name) => [name, 0]))
  const byValue: Record<string, number> = {}
  let n = 0
  let sum = 0
  for (const [step, name] of classes.entries()) {
    const value = first + step
    const count = histogram[value] ?? 0
    counts[name] = (counts[name] ?? 0) + count
    byValue[names?.[step] ?? value] = count
    n += count
    sum += count * value
  }
  const [best = 0, middle = 0, worst = 0] = Object.values(counts)
  const score =
    metric === 'nps'
      ? npsScore({ promoters: best, passives: middle, detractors: worst })
      : proportionScore(best, n)
  const mean = n === 0 || names ? null : roundHalfAway(sum / n, 2)
  return { ...score, counts, histogram: byValue, mean }
}

function estimateOf({ counts, n }: Pick<ScoreDetail, 'counts' | 'n'>): Estimate {
  const { promoters, detractors = 0, satisfied, agree, yes } = counts
  return promoters === undefined
    ? wilson(satisfied ?? agree ?? yes ?? 0, n)
    : adjustedWald(promoters, detractors, n)
}

/**
 * Whether two scores of the same metric differ by more than chance: the 95 % interval of their difference excludes 0.
 * Overlapping intervals are no proof of the contrary, so this is the test to use. False when either has no answers.
 */
export function differs(a: Pick<ScoreDetail, 'counts' | 'n'>, b: Pick<ScoreDetail, 'counts' | 'n'>): boolean {
  if (a.n === 0 || b.n === 0) return false
  const { lo, hi } = difference(estimateOf(a), estimateOf(b))
  return lo > 0 || hi < 0
}
