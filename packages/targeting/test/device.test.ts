import { describe, expect, it } from 'vitest'
import { deviceOf } from '../src/index.ts'

describe('a device', () => {
  it.each([
    ['an iPhone SE', 375, true, 'phone'],
    ['a large Android phone', 480, true, 'phone'],
    ['a small tablet', 600, true, 'tablet'],
    ['an iPad Pro', 1024, true, 'tablet'],
    ['a laptop', 800, false, 'desktop'],
    ['a narrow desktop window', 320, false, 'desktop'],
  ])('such as %s is told by its shorter side and its pointer', (_what, width, touch, expected) => {
    expect(deviceOf({ width, touch })).toBe(expected)
  })
})
