import { expect, test } from 'vitest'
import { commentVector } from '../src/comments/comment-vector.ts'
import { wordsOf } from '../src/comments/words-of.ts'

const mark = 'ab1cd'

/** As `words-of.ts` says, without the tables. */
const expected = (text: string) =>
  [...new Set(wordsOf(text))]
    .slice(0, 4000)
    .map((word) => mark + word)
    .join(' ')

test('every character stands in the vector as search reads it, whatever stands beside it', () => {
  for (let code = 0; code < 0x20000; code += 1) {
    const text = `A${String.fromCodePoint(code)}b か${String.fromCodePoint(code)}나`
    if (commentVector(mark, text) !== expected(text)) throw new Error(`U+${code.toString(16)}`)
  }
})

test.each([
  ['words in order, each once', 'Größe, größe! GROSSE 크기 Größe'],
  ['a final sigma', 'ΟΔΟΣ ΟΔΟΣ.'],
  ['Hangul in parts', 'ㅋㅋㅋ 한ㅏ 각ㅠㅠ \u1112\u1161\u11ab'],
  ['voicing marks in half width', 'ｶﾞｷﾞ か\u3099 ﾊﾟ'],
  ['pictures', '좋아요❤️👍🏽굿🥰🎉ok 🤣 \ud83d \udc00'],
  ['pairs of surrogates', '𠮷野家で𠮷 𐐀𐐁'],
  ['marks that are no accents', 'किताब क़लम ก็ดี'],
  ['several characters in one', '½ ㎏ ﷺ ﬁn Ǆ ① ㈱'],
])('%s', (_, text) => {
  expect(commentVector(mark, text)).toBe(expected(text))
})

test('long words are cut, and after 4,000 words no more are taken', () => {
  const numbers = Array.from({ length: 9000 }, (_, index) => index)
  for (const text of [
    'x'.repeat(9000),
    '𠮷'.repeat(900),
    numbers.map((index) => `w${index % 7000}`).join(' '),
    numbers.map((index) => `${index}${'y'.repeat(70)}`).join(' '),
    numbers.map((index) => `${'𐐷'.repeat(60)}${index}`).join(' '),
    String.fromCharCode(...numbers.map((index) => 0x4e00 + ((index * 7919) % 20000))),
  ])
    expect(commentVector(mark, text)).toBe(expected(text))
})

test('a comment leaves nothing behind for the next', () => {
  expect(commentVector(mark, '배송이')).toBe(`${mark}배송 ${mark}송이 ${mark}이`)
  expect(commentVector(mark, 'late, very late')).toBe(`${mark}late ${mark}very`)
  expect(commentVector(mark, '... !')).toBe('')
})
