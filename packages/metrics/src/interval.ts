/** The two-sided 95 % point of the standard normal distribution. */
const z = 1.959964

/** An estimate with its 95 % bounds, as fractions, before any clamping or rounding. */
export interface Estimate {
  value: number
  lo: number
  hi: number
}

/**
 * Wilson score interval of a proportion `p = successes / n`:
 *
 *     (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n)
 *
 * E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American
 * Statistical Association 22 (1927), 209-212. Unlike `p ± z √(p(1-p)/n)` it never leaves 0 to 1 and does not shrink to
 * nothing when all or none succeed. `n` must be above 0.
 */
export function wilson(successes: number, n: number): Estimate {
  const p = successes / n
  const centre = p + (z * z) / (2 * n)
  const half = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))
  const scale = 1 + (z * z) / n
  return { value: p, lo: (centre - half) / scale, hi: (centre + half) / scale }
}

/**
 * Adjusted Wald interval of the promoters' share minus the detractors' share: three answers are added to `n` and 3/4 of
 * one each to promoters and detractors, then with the adjusted shares `p` and `q`
 *
 *     p - q ± z √((p + q - (p - q)²) / (n + 3))
 *
 * the variance of a difference of two shares of one multinomial sample. It may reach beyond -1 and 1. B. Rocks,
 * "Interval estimation for the Net Promoter Score", The American Statistician 70 (2016), 365-372, found it the best of
 * six methods down to small samples. `value` is the adjusted difference.
 */
export function adjustedWald(promoters: number, detractors: number, n: number): Estimate {
  const p = (promoters + 0.75) / (n + 3)
  const q = (detractors + 0.75) / (n + 3)
  const half = z * Math.sqrt((p + q - (p - q) ** 2) / (n + 3))
  return { value: p - q, lo: p - q - half, hi: p - q + half }
}

/**
 * Interval of `a - b` for two independent estimates, each deviation squared and added: R. G. Newcombe, "Interval
 * estimation for the difference between independent proportions", Statistics in Medicine 17 (1998), 873-890, method 10.
 * For symmetrical intervals this is the ordinary `z √(variance + variance)`.
 */
export function difference(a: Estimate, b: Estimate): Estimate {
  const value = a.value - b.value
  return {
    value,
    lo: value - Math.hypot(a.value - a.lo, b.hi - b.value),
    hi: value + Math.hypot(a.hi - a.value, b.value - b.lo),
  }
}
