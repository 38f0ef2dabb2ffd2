import { describe, expect, it } from 'vitest'
import { difference, wilson } from '../src/interval.ts'

describe('the interval of a difference', () => {
  // R. G. Newcombe, Statistics in Medicine 17 (1998), 873-890, table II, method 10.
  it.each([
    ['a', 56, 70, 48, 80, 0.0524, 0.3339],
    ['b', 9, 10, 3, 10, 0.1705, 0.809],
    ['c', 6, 7, 2, 7, 0.0582, 0.8062],
    ['d', 5, 56, 0, 29, -0.0381, 0.1926],
    ['e', 0, 10, 0, 20, -0.1611, 0.2775],
    ['f', 0, 10, 0, 10, -0.2775, 0.2775],
    ['g', 10, 10, 0, 20, 0.6791, 1],
    ['h', 10, 10, 0, 10, 0.6075, 1],
  ])('is the one of published example (%s)', (_name, a, m, b, n, lo, hi) => {
    const interval = difference(wilson(a, m), wilson(b, n))
    expect(interval.lo).toBeCloseTo(lo, 4)
    expect(interval.hi).toBeCloseTo(hi, 4)
  })
})
