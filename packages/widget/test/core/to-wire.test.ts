import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { toWire } from '../../src/core/keeper/to-wire.ts'
import { uuid } from '../../src/core/keeper/uuid.ts'

const arrays = Array.prototype as { toJSON?: () => unknown }
afterEach(() => {
  delete arrays.toJSON
})

test('an old library that gives arrays a toJSON corrupts nothing', () => {
  arrays.toJSON = () => 'corrupt'
  expect(toWire({ items: [{ answers: { a: ['x', 'y'] } }] })).toBe('{"items":[{"answers":{"a":["x","y"]}}]}')
})

test.each([
  ['half an emoji', 'cut \ud83d', 'cut '],
  ['the other half', '\ude00 cut', ' cut'],
  ['NUL', 'a\0b', 'ab'],
  ['a whole emoji', '😀', '😀'],
  ['a visitor who types an escape', '\\u0000 \\ud83d', '\\u0000 \\ud83d'],
  ['a visitor who types a backslash before a NUL', '\\\0', '\\'],
])('%s', (_name, text, expected) => {
  expect(JSON.parse(toWire({ text })).text).toBe(expected)
})

test('whatever a visitor types arrives, without what PostgreSQL refuses', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const expected = text.replaceAll('\0', '')
      expect(JSON.parse(toWire({ text })).text).toBe(expected)
    }),
  )
  const anyUnit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code))
  fc.assert(
    fc.property(fc.array(anyUnit), (units) => {
      const text = JSON.parse(toWire({ text: units.join('') })).text as string
      expect(Buffer.from(text).toString() === text && !text.includes('\0')).toBe(true)
    }),
  )
})

test('an id is a UUIDv7 of now, and never the same', () => {
  const ids = Array.from({ length: 1_000 }, uuid)
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(new Set(ids).size).toBe(ids.length)
  const first = ids[0] as string
  expect(Math.abs(Number.parseInt(first.slice(0, 8) + first.slice(9, 13), 16) - Date.now())).toBeLessThan(
    5_000,
  )
})
