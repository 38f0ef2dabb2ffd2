import { describe, expect, it } from 'vitest'
import { radioTarget } from '../../src/panel/radio-keys.ts'

/** Where a key leads from one radio of a scale from 0 to 10, and of one from 1 to 5. */
const onScale = (key: string, at: number, isRtl = false) => radioTarget(key, at, 11, 0, isRtl)
const onStars = (key: string, at: number) => radioTarget(key, at, 5, 1, false)

describe('keys in a group of radios', () => {
  it('move by one with the arrows and wrap at both ends', () => {
    expect(onScale('ArrowRight', 3)).toBe(4)
    expect(onScale('ArrowDown', 3)).toBe(4)
    expect(onScale('ArrowLeft', 3)).toBe(2)
    expect(onScale('ArrowUp', 3)).toBe(2)
    expect(onScale('ArrowRight', 10)).toBe(0)
    expect(onScale('ArrowLeft', 0)).toBe(10)
  })

  it('turn Left and Right around, and only these, where one writes from right to left', () => {
    expect(onScale('ArrowLeft', 3, true)).toBe(4)
    expect(onScale('ArrowRight', 3, true)).toBe(2)
    expect(onScale('ArrowDown', 3, true)).toBe(4)
    expect(onScale('ArrowUp', 3, true)).toBe(2)
  })

  it('jump to the ends with Home and End', () => {
    expect(onStars('Home', 3)).toBe(0)
    expect(onStars('End', 0)).toBe(4)
  })

  it('choose a value by its digit', () => {
    expect(onScale('9', 0)).toBe(9)
    expect(onScale('0', 5)).toBe(0)
    expect(onStars('1', 3)).toBe(0)
    expect(onStars('5', 0)).toBe(4)
  })

  it('take 1 and then 0 for ten, and another 0 for zero', () => {
    const one = onScale('1', 0) ?? -1
    const ten = onScale('0', one) ?? -1
    expect([one, ten, onScale('0', ten)]).toEqual([1, 10, 0])
  })

  it('take them for ten on a scale that begins with 1 too, and 0 alone for nothing', () => {
    expect(radioTarget('0', 0, 10, 1, false)).toBe(9)
    expect(radioTarget('0', 4, 10, 1, false)).toBeUndefined()
  })

  it('leave every other key to the browser', () => {
    for (const key of ['Enter', ' ', 'Tab', 'a', 'F5', 'Escape']) expect(onScale(key, 0), key).toBeUndefined()
    for (const key of ['0', '6', '9']) expect(onStars(key, 0), key).toBeUndefined()
  })
})
