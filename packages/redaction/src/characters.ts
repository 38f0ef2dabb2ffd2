// Of folded texts, by UTF-16 code. `undefined` places read as NaN, which is none of these.

export const isDigit = (code: number): boolean => code >= 48 && code <= 57

export const isAsciiLetter = (code: number): boolean => {
  const lower = code | 32
  return lower >= 97 && lower <= 122
}

export const isAlphanumeric = (code: number): boolean => isDigit(code) || isAsciiLetter(code)

/** Letters of European languages: `müller@`, `josé@`. */
export const isLatinLetter = (code: number): boolean =>
  isAsciiLetter(code) || (code >= 0xc0 && code <= 0x24f && code !== 0xd7 && code !== 0xf7)

/** A letter or digit of an identifier: a number beside one is part of a longer name. */
export const isWordCharacter = (code: number): boolean => isAlphanumeric(code) || code === 95
