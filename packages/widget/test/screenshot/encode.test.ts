import { maxScreenshotBytes, maxScreenshotSide } from '@heed/contract'
import { describe, expect, it } from 'vitest'
import { fitScale, smaller } from '../../src/screenshot/encode.ts'
import { maxBytes, maxHeight, maxWidth } from '../../src/screenshot/limits.ts'

describe('the size of a picture', () => {
  it('stays as it is where it may', () => {
    expect(fitScale(800, 600)).toBe(1)
    expect(fitScale(maxWidth, maxHeight)).toBe(1)
  })

  it('fits both limits in proportion', () => {
    expect(fitScale(3200, 2000)).toBe(0.5)
    expect(fitScale(1000, 2 * maxHeight)).toBe(0.5)
  })

  it('is never more than the server takes', () => {
    expect(maxBytes).toBeLessThan(maxScreenshotBytes)
    expect(Math.max(maxWidth, maxHeight)).toBeLessThanOrEqual(maxScreenshotSide)
  })

  it('first gives away quality, then pixels, until there is next to nothing left', () => {
    let tried: [number, number] = [1, 0.85]
    const steps = [tried]
    while (tried[0] > 0.01) {
      tried = smaller(tried)
      steps.push(tried)
    }
    expect(steps.slice(0, 5).map((step) => step.map((value) => Math.round(value * 100)))).toEqual([
      [100, 85],
      [100, 70],
      [100, 55],
      [75, 55],
      [56, 55],
    ])
    expect(steps.length).toBeLessThan(25)
  })
})
