import { expect, test } from 'vitest'
import { plainWords } from '../../src/adapters/plain-words.ts'

test.each([
  ['text stays', 'Only 2 left', 'Only 2 left'],
  ['markup goes', '<ul><li>Sold <b>out</b></li>\n<li>Try again</li></ul>', 'Sold out Try again'],
  ['an e-mail address goes', 'ann.b+shop@mail.example is taken', 'is taken'],
  ['a card number goes', 'Card 4242 4242 4242 4242 was declined', 'Card was declined'],
  ['a telephone number goes', 'Call +49 (0) 30 123-4567', 'Call'],
  ['a price and a date stay', 'Minimum 29.90 until 24.12.', 'Minimum 29.90 until 24.12.'],
  ['nothing is undefined', '', undefined],
  ['only markup is undefined', '<br>', undefined],
  ['what is missing is undefined', null, undefined],
])('of a shop’s own words %s', (_name, words, expected) => {
  expect(plainWords(words)).toBe(expected)
})

test('a shop’s own words are short, and long ones cost nothing', () => {
  const start = performance.now()
  for (const words of ['<'.repeat(1e6), 'a'.repeat(1e6), '1 '.repeat(5e5), `${'a@'.repeat(5e5)}`])
    expect((plainWords(words) ?? '').length).toBeLessThanOrEqual(200)
  expect(performance.now() - start).toBeLessThan(500)
})
