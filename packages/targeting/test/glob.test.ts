import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { glob } from '../src/index.ts'

/** The textbook table: `fits[j]` says whether the pattern so far matches the first `j` characters. Slow, plainly right. */
function reference(pattern: string, value: string): boolean {
  let fits = [true, ...Array<boolean>(value.length).fill(false)]
  for (const token of pattern.split('')) {
    const next: boolean[] = []
    for (let j = 0; j <= value.length; j++) {
      next.push(
        token === '*'
          ? Boolean(fits[j]) || (j > 0 && Boolean(next[j - 1]))
          : j > 0 && Boolean(fits[j - 1]) && value[j - 1] === token,
      )
    }
    fits = next
  }
  return Boolean(fits[value.length])
}

describe('a glob', () => {
  it.each([
    ['', '', true],
    ['', 'a', false],
    ['*', '', true],
    ['**', 'anything', true],
    ['cart', 'cart', true],
    ['cart', 'carts', false],
    ['cart*', 'cart', true],
    ['*cart', 'my cart', true],
    ['*cart', 'cart1', false],
    ['a*a', 'a', false],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'a-c-b', false],
    ['a.c', 'abc', false],
    ['[a]', 'a', false],
    ['한*', '한국', true],
  ])('takes %j and %j as %s', (pattern, value, expected) => {
    expect(glob(pattern, value)).toBe(expected)
  })

  it('agrees with the textbook on short strings over few letters', () => {
    const text = (letters: string) => fc.string({ unit: fc.constantFrom(...letters), maxLength: 10 })
    fc.assert(
      fc.property(text('ab*'), text('ab'), (pattern, value) => {
        expect(glob(pattern, value)).toBe(reference(pattern, value))
      }),
      { numRuns: 3000 },
    )
  })

  it('agrees with the textbook on arbitrary text, and finds every value by its own pieces', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 12 })
    fc.assert(
      fc.property(text, text, text, (a, b, c) => {
        expect(glob(`${a}*${b}`, c)).toBe(reference(`${a}*${b}`, c))
        if (!a.includes('*') && !c.includes('*')) expect(glob(`${a}*${c}`, a + b + c)).toBe(true)
      }),
    )
  })

  // With one step back for each `*`, this pattern takes longer than the test run can wait, by many orders of magnitude.
  it('does not step back: many wildcards on a long value that almost fits', () => {
    const almost = 'a'.repeat(200_000)
    expect(glob(`${'*a'.repeat(500)}*b`, almost)).toBe(false)
    expect(glob(`${'*a'.repeat(500)}*`, almost)).toBe(true)
    expect(glob(`*${'a'.repeat(400)}b*`, almost)).toBe(false)
    expect(glob(`*b${'a'.repeat(400)}*`, almost)).toBe(false)
  })
})
