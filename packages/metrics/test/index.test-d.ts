import type { Metric, MetricsReport, Score } from '@heed/contract'
import { describe, expectTypeOf, it } from 'vitest'
import { confidenceOf, npsScore, proportionScore, type ScoreDetail, scoreOf } from '../src/index.ts'

describe('the types of scores', () => {
  it('are those of the wire', () => {
    expectTypeOf(npsScore).returns.toEqualTypeOf<Score>()
    expectTypeOf(proportionScore).returns.toEqualTypeOf<Score>()
    expectTypeOf(confidenceOf).returns.toEqualTypeOf<Score['confidence']>()
    expectTypeOf<ScoreDetail>().toExtend<Score>()
  })

  it('complete a report together with what was asked', () => {
    type Asked = Omit<MetricsReport, keyof ScoreDetail>
    expectTypeOf<Asked & ScoreDetail>().toExtend<MetricsReport>()
    expectTypeOf(scoreOf).parameter(0).toEqualTypeOf<Metric>()
  })

  it('refuse a score that may be missing where a number is needed', () => {
    expectTypeOf(npsScore({ promoters: 1, passives: 0, detractors: 0 }).score).toEqualTypeOf<number | null>()
    // @ts-expect-error: passives count in n and cannot be left out
    npsScore({ promoters: 1, detractors: 0 })
  })
})
