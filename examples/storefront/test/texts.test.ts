import { describe, expect, it } from 'vitest'
import { languages } from '../src/languages.ts'
import { fill, texts } from '../src/texts/index.ts'

/** Every text with the path that leads to it: `home.title`. */
function flatten(value: unknown, path = ''): [path: string, text: string][] {
  if (typeof value === 'string') return [[path, value]]
  return Object.entries(value as object).flatMap(([key, inner]) =>
    flatten(inner, path ? `${path}.${key}` : key),
  )
}

const places = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort()

const english = flatten(texts.en)

describe.each(languages.map(({ code }) => code))('the texts in %s', (code) => {
  const own = new Map(flatten(texts[code]))

  it('has every text that English has, and no other', () => {
    expect([...own.keys()].sort()).toEqual(english.map(([path]) => path).sort())
  })

  it('leaves no text empty', () => {
    expect([...own].filter(([, text]) => !text.trim())).toEqual([])
  })

  it('has the same places for values', () => {
    const differing = english.filter(([path, text]) => `${places(text)}` !== `${places(own.get(path) ?? '')}`)
    expect(differing).toEqual([])
  })
})

it('fills a value into every place of a text and leaves an unknown place visible', () => {
  expect(fill('{a} and {a}, not {b}', { a: '$1' })).toBe('$1 and $1, not {b}')
})
