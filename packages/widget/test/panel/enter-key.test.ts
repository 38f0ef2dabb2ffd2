import { describe, expect, it } from 'vitest'
import { isSubmitKey } from '../../src/panel/enter-key.ts'

const enter = { key: 'Enter', isComposing: false, keyCode: 13, ctrlKey: false, metaKey: false }

describe('Enter', () => {
  it('gives an answer of one line', () => {
    expect(isSubmitKey(enter, false)).toBe(true)
  })

  it('is a new line in a comment, unless Ctrl or Cmd is held', () => {
    expect(isSubmitKey(enter, true)).toBe(false)
    expect(isSubmitKey({ ...enter, ctrlKey: true }, true)).toBe(true)
    expect(isSubmitKey({ ...enter, metaKey: true }, true)).toBe(true)
  })

  it('that ends a composition gives nothing, in every browser’s way to tell', () => {
    for (const isMultiline of [false, true]) {
      expect(isSubmitKey({ ...enter, ctrlKey: true, isComposing: true }, isMultiline)).toBe(false)
      expect(isSubmitKey({ ...enter, ctrlKey: true, keyCode: 229 }, isMultiline)).toBe(false)
    }
  })

  it('is the only key that does', () => {
    expect(isSubmitKey({ ...enter, key: 's', ctrlKey: true }, true)).toBe(false)
  })
})
