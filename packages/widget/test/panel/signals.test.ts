import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import * as own from '../../src/panel/signals.ts'

const signals = createRequire(import.meta.url).resolve('@preact/signals')
const core: typeof own = createRequire(signals)('@preact/signals-core')

describe.each([
  ['the panel’s signals', own],
  ['the package that they stand for', core],
])('%s', (_, { signal, effect }) => {
  it('run an effect at once, and again when a value that it has read is another one', () => {
    const count = signal(1)
    const other = signal('a')
    const seen: number[] = []
    effect(() => void seen.push(count.value))
    count.value = 2
    count.value = 2
    other.value = 'b'
    expect(seen).toEqual([1, 2])
  })

  it('tell an effect of what it has read only lately', () => {
    const isOpen = signal(false)
    const text = signal('a')
    const seen: string[] = []
    effect(() => void seen.push(isOpen.value ? text.value : '-'))
    text.value = 'b'
    isOpen.value = true
    text.value = 'c'
    expect(seen).toEqual(['-', 'b', 'c'])
  })

  it('keep the readers of one effect apart from those of another, also when it throws', () => {
    const count = signal(0)
    const seen: string[] = []
    effect(() => {
      effect(() => void seen.push(`inner ${count.value}`))
      expect(() =>
        effect(() => {
          throw new Error('no')
        }),
      ).toThrow()
      seen.push('outer')
    })
    count.value = 1
    expect(seen).toEqual(['inner 0', 'outer', 'inner 1'])
  })
})
