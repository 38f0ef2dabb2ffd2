export { confidenceOf } from './confidence.ts'
export { differs, type ScoreDetail, scoreOf } from './metric.ts'
export { type NpsCounts, npsScore, proportionScore } from './score.ts'
