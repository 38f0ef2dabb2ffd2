import { describe, expect, it } from 'vitest'
import { type RadioGroup, radioTarget } from '../../src/panel/radio-keys.ts'

const scale = (at: number): RadioGroup => ({ at, count: 11, first: 0, isRtl: false })
const stars = (at: number): RadioGroup => ({ at, count: 5, first: 1, isRtl: false })

describe('keys in a group of radios', () => {
  it('move by one with the arrows and wrap at both ends', () => {
    expect(radioTarget('ArrowRight', scale(3))).toBe(4)
    expect(radioTarget('ArrowDown', scale(3))).toBe(4)
    expect(radioTarget('ArrowLeft', scale(3))).toBe(2)
    expect(radioTarget('ArrowUp', scale(3))).toBe(2)
    expect(radioTarget('ArrowRight', scale(10))).toBe(0)
    expect(radioTarget('ArrowLeft', scale(0))).toBe(10)
  })

  it('turn Left and Right around, and only these, where one writes from right to left', () => {
    const group = { ...scale(3), isRtl: true }
    expect(radioTarget('ArrowLeft', group)).toBe(4)
    expect(radioTarget('ArrowRight', group)).toBe(2)
    expect(radioTarget('ArrowDown', group)).toBe(4)
    expect(radioTarget('ArrowUp', group)).toBe(2)
  })

  it('jump to the ends with Home and End', () => {
    expect(radioTarget('Home', stars(3))).toBe(0)
    expect(radioTarget('End', stars(0))).toBe(4)
  })

  it('choose a value by its digit', () => {
    expect(radioTarget('9', scale(0))).toBe(9)
    expect(radioTarget('0', scale(5))).toBe(0)
    expect(radioTarget('1', stars(3))).toBe(0)
    expect(radioTarget('5', stars(0))).toBe(4)
  })

  it('take 1 and then 0 for ten, and another 0 for zero', () => {
    const one = radioTarget('1', scale(0)) ?? -1
    const ten = radioTarget('0', scale(one)) ?? -1
    expect([one, ten, radioTarget('0', scale(ten))]).toEqual([1, 10, 0])
  })

  it('leave every other key to the browser', () => {
    for (const key of ['Enter', ' ', 'Tab', 'a', 'F5', 'Escape'])
      expect(radioTarget(key, scale(0)), key).toBeUndefined()
    for (const key of ['0', '6', '9']) expect(radioTarget(key, stars(0)), key).toBeUndefined()
  })
})
