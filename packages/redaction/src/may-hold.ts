import { otherDigit } from './fold.ts'

/** The shortest of what is looked for has this many digits (`+376 123 456`, a phone in Andorra), or an `@`, … */
const fewestDigits = 9
/** … or is a secret, in one piece of this length. */
const shortestToken = 20
/** `a@b.co` */
const shortestText = 6

/** A character of a token that is no digit. */
const token = 1
const digit = 2
/** It parts tokens. */
const otherScriptDigit = 3
const percent = 4
const at = 5

// By UTF-16 code, one look for each character. All others are 0.
const classes = new Uint8Array(0x10000)
for (let code = 0; code < classes.length; code++) {
  const character = code < 128 ? String.fromCharCode(code) : ''
  if (/[0-9]/.test(character)) classes[code] = digit
  else if (/[A-Za-z_+/=-]/.test(character)) classes[code] = token
  else if (character === '%') classes[code] = percent
  else if (character === '@' || code === 0xff20 || code === 0xfe6b) classes[code] = at
  else if (code >= 128 && otherDigit(code) >= 0) classes[code] = otherScriptDigit
}

/** Whether there can be anything at all: most comments have no `@`, few digits, and words. One pass, nothing made. */
export function mayHold(text: string): boolean {
  const { length } = text
  if (length < shortestText) return false
  let digits = 0
  /** Where the last character stands that is none of a token. */
  let parted = -1
  for (let index = 0; index < length; index++) {
    const kind = classes[text.charCodeAt(index)]
    // In the order of how many there are of each.
    if (kind === token) continue
    if (kind === digit) {
      if (++digits >= fewestDigits) return true
      continue
    }
    if (index - parted > shortestToken || kind === at) return true
    parted = index
    if (kind === otherScriptDigit) {
      if (++digits >= fewestDigits) return true
    } else if (kind === percent && text.startsWith('%40', index)) return true
  }
  return length - parted > shortestToken
}
