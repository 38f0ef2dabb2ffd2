/** First code of each decimal system beyond ASCII that shoppers type in: Arabic-Indic, its eastern form, Devanagari. */
const otherZeros = [0x660, 0x6f0, 0x966]

const foldable =
  /[\u00a0\u00ad\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u2000-\u2015\u2024\u202a-\u202f\u205f-\u2064\u2066-\u2069\u2212\u2500\u3000\u3002\ufe52\ufe63\ufe6b\ufeff\uff01-\uff5e\uff61]/g

/**
 * The same text, character for character, with other spellings of ASCII characters in ASCII: full-width forms, digits
 * of other scripts, dashes and spaces of typography. Only for looking: what is kept is cut from the original.
 */
export const fold = (text: string): string => text.replace(foldable, foldCharacter)

/** The value of a digit of another script, full-width ones included; -1 for everything else. */
export function otherDigit(code: number): number {
  if (code >= 0xff10 && code <= 0xff19) return code - 0xff10
  for (const zero of otherZeros) if (code >= zero && code <= zero + 9) return code - zero
  return -1
}

/** Written between digits by phones and Arabic keyboards, drawn by nobody. */
export const invisible = '\u200b'

function foldCharacter(character: string): string {
  const code = character.charCodeAt(0)
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0)
  const digit = otherDigit(code)
  if (digit >= 0) return String(digit)
  switch (code) {
    case 0x2024:
    case 0x3002:
    case 0xfe52:
    case 0xff61:
      return '.'
    case 0xfe6b:
      return '@'
    case 0x2212:
    case 0x2500:
    case 0xfe63:
      return '-'
    case 0xa0:
    case 0x202f:
    case 0x205f:
    case 0x3000:
      return ' '
  }
  if (code >= 0x2010 && code <= 0x2015) return '-'
  return code >= 0x2000 && code <= 0x200a ? ' ' : invisible
}
