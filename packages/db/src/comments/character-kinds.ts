import { fold, runsOf, strip } from './words-of.ts'

/** What a UTF-16 code is once it is folded: whatever parts words, or a letter or digit of one way of reading. */
export const gap = 1
export const letter = 2
export const cjkLetter = 3
/** Nothing remains of it: an accent that stands alone. */
export const dropped = 4
/** More than one character, each of the first three kinds: `½`, `㎏`. */
const several = 5
/** Half of a pair; or its neighbours say what becomes of it: marks that are no accents, Hangul in parts, a last sigma. */
export const entangled = 6

// Unicode is asked on first sight: the visitors of a shop write in some hundred characters, or in a few thousand.
const kinds = new Uint8Array(0x10000)
/** The folded character of a `letter` or `cjkLetter`, by its code. */
export const folded = new Uint16Array(0x10000)
/** The folded characters of one that is `several`. */
export const expansions = new Map<number, string>()

export const kindOf = (code: number): number => kinds[code] || learn(code)

function learn(code: number): number {
  const kind = find(code)
  kinds[code] = kind
  return kind
}

// Marks, and the vowels and finals of Hangul, join what stands before them. Those that choose between two drawings of
// it (`❤️`) do not.
const joinsBefore = /^(?![\ufe00-\ufe0f])[\p{M}\u1160-\u11ff\ud7b0-\ud7ff]/u

function find(code: number): number {
  const character = String.fromCharCode(code)
  const isHalf = code >= 0xd800 && code <= 0xdfff
  const stripped = strip(character)
  if (isHalf || stripped.includes('Σ') || joinsBefore.test(stripped)) return entangled
  const text = fold(character)
  if (text === '') return dropped
  if (text.length === 1) {
    folded[code] = text.charCodeAt(0)
    const run = runsOf(text)[0]
    if (!run) return gap
    return run.isCjk ? cjkLetter : letter
  }
  for (let index = 0; index < text.length; index += 1) {
    const part = text.charCodeAt(index)
    if (kindOf(part) > cjkLetter || folded[part] !== part) return entangled
  }
  expansions.set(code, text)
  return several
}

/** Whether a pair of surrogates that begins at `index` is one of the pictures that most people type: they part words. */
export function isPicture(text: string, index: number): boolean {
  const low = text.charCodeAt(index + 1)
  if (!(low >= 0xdc00 && low <= 0xdfff)) return false
  const high = text.charCodeAt(index)
  return high === 0xd83d || (high === 0xd83c && low >= 0xdf00) || (high === 0xd83e && low < 0xdff0)
}
