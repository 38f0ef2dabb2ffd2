import { otherDigit } from './fold.ts'

/** The shortest of what is looked for has this many digits (`+376 123 456`, a phone in Andorra), or an `@`, … */
const fewestDigits = 9
/** … or is a secret, in one piece of this length. */
const shortestToken = 20

// 1 a digit, 2 another character of a token, 3 `@` or `%`.
const classes = new Uint8Array(128)
for (let code = 0; code < 128; code++) {
  const character = String.fromCharCode(code)
  if (/[0-9]/.test(character)) classes[code] = 1
  else if (/[A-Za-z_+/=-]/.test(character)) classes[code] = 2
  else if (/[@%]/.test(character)) classes[code] = 3
}

/** Whether there can be anything at all: most comments have no `@`, few digits, and words. One pass, nothing made. */
export function mayHold(text: string): boolean {
  let digits = 0
  let piece = 0
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    const kind = code < 128 ? classes[code] : 0
    if (kind === 1 || kind === 2) {
      if (++piece >= shortestToken) return true
      if (kind === 1 && ++digits >= fewestDigits) return true
      continue
    }
    piece = 0
    if (kind === 3) {
      if (code === 64 || text.startsWith('%40', index)) return true
    } else if (code >= 0x660 && isOtherDigitOrAt(code)) {
      if (code === 0xff20 || code === 0xfe6b || ++digits >= fewestDigits) return true
    }
  }
  return false
}

function isOtherDigitOrAt(code: number): boolean {
  // Between Devanagari and the full-width forms lie Hangul, kana and Han, most characters of most comments there.
  if (code > 0x96f && code < 0xfe00) return false
  return code === 0xff20 || code === 0xfe6b || otherDigit(code) >= 0
}
