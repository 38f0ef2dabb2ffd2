// All take ASCII digits only, in one piece.

const digitAt = (digits: string, index: number): number => digits.charCodeAt(index) - 48

function weigh(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * digitAt(digits, index), 0)
}

/** ISO/IEC 7812-1, annex B: payment cards. */
export function isLuhn(digits: string): boolean {
  let sum = 0
  for (let index = 0; index < digits.length; index++) {
    const digit = digitAt(digits, digits.length - 1 - index)
    const doubled = index % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

/** GS1 check digit: the number under a bar code. */
export function isBarcode(digits: string): boolean {
  let sum = 0
  for (let index = 0; index < digits.length; index++) {
    sum += digitAt(digits, digits.length - 1 - index) * (index % 2 === 1 ? 3 : 1)
  }
  return sum % 10 === 0
}

const koreanWeights = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]

/** Korean resident registration number, 13 digits; residents from abroad (5 to 8) are counted two further. */
export function isKoreanResident(digits: string): boolean {
  const rest = weigh(digits, koreanWeights) % 11
  const check = digitAt(digits, 12)
  const isForeign = digitAt(digits, 6) >= 5 && digitAt(digits, 6) <= 8
  return check === (11 - rest) % 10 || (isForeign && check === (13 - rest) % 10)
}

const japaneseWeights = [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]

/** Japanese individual number ("My Number"), 12 digits. */
export function isMyNumber(digits: string): boolean {
  const rest = weigh(digits, japaneseWeights) % 11
  return digitAt(digits, 11) === (rest <= 1 ? 0 : 11 - rest)
}

const chineseWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** Chinese resident identity number (GB 11643, ISO 7064 MOD 11-2), 17 digits and a digit or `X`. */
export function isChineseResident(number: string): boolean {
  return number.charAt(17).toUpperCase() === '10X98765432'.charAt(weigh(number, chineseWeights) % 11)
}

const monthLengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** `MMDD`. */
export function isDay(digits: string): boolean {
  const day = Number(digits.slice(2, 4))
  return day >= 1 && day <= (monthLengths[Number(digits.slice(0, 2)) - 1] ?? 0)
}
