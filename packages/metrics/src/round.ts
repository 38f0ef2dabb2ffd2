/**
 * Rounds half away from zero, so that a score and its mirror image (promoters and detractors swapped) stay mirror
 * images; `Math.round` takes -2.5 to -2. The nudge of a few ulps undoes binary noise: 1.005 * 100 is 100.49999999999999.
 * Round once, at the end: 44.45 by way of 44.5 becomes 45.
 */
export function roundHalfAway(value: number, decimals: number): number {
  const scale = 10 ** decimals
  const magnitude = Math.round(Math.abs(value) * scale * (1 + 4 * Number.EPSILON)) / scale
  // `|| 0`: minus zero is not for replies.
  return Math.sign(value) * magnitude || 0
}
