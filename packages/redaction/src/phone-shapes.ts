/** Fewest and most digits of a number with its country code, where they are known well. */
const countries = new Map<string, readonly [number, number]>(
  Object.entries({
    1: [11, 11],
    7: [11, 11],
    20: [11, 12],
    31: [11, 11],
    32: [10, 11],
    33: [11, 11],
    34: [11, 11],
    39: [10, 12],
    41: [11, 11],
    43: [10, 13],
    44: [11, 12],
    45: [10, 10],
    46: [9, 11],
    47: [10, 10],
    48: [11, 11],
    49: [9, 13],
    55: [12, 13],
    60: [10, 12],
    61: [11, 11],
    62: [10, 14],
    65: [10, 10],
    66: [10, 11],
    81: [11, 12],
    82: [10, 12],
    84: [11, 12],
    86: [11, 13],
    90: [12, 12],
    91: [12, 12],
    852: [11, 11],
    886: [11, 12],
    966: [11, 12],
    971: [11, 12],
    972: [11, 12],
  }),
)

/** Country code and national number, digits only: whether such a number can be (E.164: at most 15 digits). */
export function isInternational(digits: string): boolean {
  if (!/^[1-9]/.test(digits)) return false
  const known =
    countries.get(digits.slice(0, 1)) ??
    countries.get(digits.slice(0, 2)) ??
    countries.get(digits.slice(0, 3))
  const [fewest, most] = known ?? [9, 15]
  if (digits.length < fewest || digits.length > most) return false
  return digits[0] !== '1' || /^1[2-9]\d\d[2-9]/.test(digits)
}

// By the lengths of their groups. A shape is anchored at both ends, so each is a plain comparison.
const koreanMobile = /^01[016-9]$/
const japaneseMobile = /^0[5789]0$/
const chineseMobile = /^1[3-9]\d$/
const northAmerican = /^[2-9]\d\d$/

/** Groups with the same separator between them, as people write a number in its own country. */
export function isNational(groups: readonly string[], separator: string): boolean {
  const [area = '', second = ''] = groups
  const shape = groups.map((group) => group.length).join('-')
  if (chineseMobile.test(area)) return shape === '3-4-4'
  if (northAmerican.test(area)) {
    return shape === '3-3-4' && separator !== ' ' && /^[2-9]/.test(second)
  }
  if (area === '1') {
    return shape === '1-3-3-4' && separator !== '.' && northAmerican.test(second)
  }
  if (!/^0[1-9]/.test(area)) return false
  if (koreanMobile.test(area))
    return shape === '3-4-4' || shape === '3-3-4' || shape === '3-8' || shape === '3-7'
  if (japaneseMobile.test(area) && (shape === '3-4-4' || shape === '3-8')) return true
  // Korean numbers that hide another one, as parcels carry them: 0507-1234-5678.
  if (/^050\d$/.test(area)) return shape === '4-4-4' || shape === '4-3-4'
  const length = groups.join('').length
  if (length < 9 || length > 12) return false
  return nationalShapes.test(shape)
}

// Area codes of two to five digits, then 3-4, 4-4, 2-4 and 1-4 (Korea, Japan, Britain), 3-3 (Turkey, Australia,
// Taiwan), 3-2-2 (Germany, Switzerland), pairs (France), or the rest in one piece (Germany, China).
const nationalShapes = /^(?:2-[34]-4|3-[34]-4|4-[2-4]-4|5-1-4|[45]-3-3|[345]-3-2-2|2-2-2-2-2|[2-5]-[5-8])$/

/** One piece of 10 or 11 digits: mobiles and the longer national numbers. */
export function isNationalPiece(digits: string): boolean {
  if (digits.length === 11) return /^(?:0[1-9]|1[3-9])/.test(digits)
  if (digits.length === 10) return /^0[1-9]/.test(digits)
  return (digits.length === 9 && digits.startsWith('02')) || /^050\d{9}$/.test(digits)
}

/** One spelling for a number with and without the code of Korea, Japan or China. */
export function callable(international: string): string {
  if (/^8[12]/.test(international)) return `0${international.slice(2).replace(/^0/, '')}`
  if (/^861[3-9]\d{9}$/.test(international)) return international.slice(2)
  return `+${international}`
}
