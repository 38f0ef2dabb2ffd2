import type { RedactionKind } from '@heed/contract'
import { isAlphanumeric, isDigit, isWordCharacter } from './characters.ts'
import { isBarcode, isChineseResident, isDay, isKoreanResident, isLuhn, isMyNumber } from './checksums.ts'
import { isCalledMyNumber, isCalledResidentNumber, isJapanese, isShopNumber } from './labels.ts'
import { type NumberRun, readRun } from './number-run.ts'
import { callable, isInternational, isNational, isNationalPiece } from './phone-shapes.ts'
import type { Span } from './span.ts'

/** What a few groups from a place on are. */
interface Find {
  kind: RedactionKind
  value: string
  /** The last group of it. */
  last: number
  /** Characters behind the last group that belong to it. @default 0 */
  tail?: number
}

interface Place {
  text: string
  run: NumberRun
  /** The first group of what is looked for. */
  first: number
  /** A plus sign stands before it. */
  hasPlus: boolean
}

/** Numbers of people and their cards and phones. Prices, dates, orders, parcels and articles are none of these. */
export function findNumbers(text: string): Span[] {
  const spans: Span[] = []
  let index = 0
  while (index < text.length) {
    if (!isDigit(text.charCodeAt(index))) {
      index += 1
      continue
    }
    const run = readRun(text, index)
    // A number alone that is shorter than any of them, or longer.
    if (run.end - index >= 8) findInRun(text, run, spans)
    index = run.end
  }
  return spans
}

function findInRun(text: string, run: NumberRun, spans: Span[]): void {
  let first = 0
  while (first < run.groups.length) {
    const start = run.starts[first] ?? 0
    const hasPlus = first === 0 && /\+\(?$/.test(text.slice(Math.max(0, start - 2), start))
    const place = { text, run, first, hasPlus }
    if (!mayBegin(place)) {
      first += 1
      continue
    }
    const date = lastOfDate(run, first)
    if (date > 0) {
      first = date + 1
      continue
    }
    const find = identify(place)
    if (!find) {
      first += 1
      continue
    }
    const end = (run.ends[find.last] ?? 0) + (find.tail ?? 0)
    spans.push({ start: beginOf(text, start, hasPlus), end, kind: find.kind, value: find.value })
    first = find.last + 1
  }
}

/** The bracket of an area code and the plus sign go with the number. */
function beginOf(text: string, start: number, hasPlus: boolean): number {
  let begin = start
  if (text[begin - 1] === '(') begin -= 1
  if (hasPlus && text[begin - 1] === '+') begin -= 1
  return begin
}

/** Not in the middle of something: `SKU-0101234567`, `#0101234567`, the decimals of a number. */
function mayBegin({ text, run, first, hasPlus }: Place): boolean {
  const start = run.starts[first] ?? 0
  if (first > 0) return /[ /(]/.test(run.separators[first] ?? '')
  if (hasPlus) return !isWordCharacter(text.charCodeAt(start - 2))
  const before = text.charAt(start - 1)
  if (isWordCharacter(text.charCodeAt(start - 1)) || /[#$€£¥₩]/.test(before)) return false
  return !(
    /[-/]/.test(before) &&
    isAlphanumeric(text.charCodeAt(start - 2)) &&
    !/tel-$/i.test(text.slice(start - 4, start))
  )
}

/** Not the beginning of something longer. */
function mayEnd({ text, run }: Place, last: number, separator: string): boolean {
  if (last === run.groups.length - 1) {
    const end = run.end
    const isName = text[end] === '-' && isAlphanumeric(text.charCodeAt(end + 1))
    return !isWordCharacter(text.charCodeAt(end)) && text[end] !== '%' && !isName
  }
  const next = run.separators[last + 1] ?? ''
  return next !== '-' && next !== '' && (next !== '.' || separator !== '.')
}

/** The last group of a date with its parts (`2024-05-01`, `1.5.2024`, `24/5/1`), 0 when there is none. */
function lastOfDate({ groups, separators }: NumberRun, first: number): number {
  const [one = '', two = '', three = ''] = groups.slice(first, first + 3)
  const separator = separators[first + 1] ?? ''
  if (!/^[-./]$/.test(separator) || separators[first + 2] !== separator) return 0
  if (separators[first + 3] === separator || two.length > 2 || Number(two) > 31) return 0
  const isYearFirst = (one.length === 4 || one.length === 2) && three.length <= 2 && Number(three) <= 31
  const isYearLast = one.length <= 2 && Number(one) <= 31 && (three.length === 4 || three.length === 2)
  return isYearFirst || isYearLast ? first + 2 : 0
}

function identify(place: Place): Find | undefined {
  if (place.hasPlus) return findInternational(place, 0)
  const group = place.run.groups[place.first] ?? ''
  // Nothing begins with one digit alone but the trunk prefix of North America.
  if (group.length < 2) return group === '1' ? findNational(place) : undefined
  return (
    findResident(place) ??
    findCard(place) ??
    findMyNumber(place) ??
    findNational(place) ??
    findAccessCode(place)
  )
}

/** The groups up to `last`, when they are as long as `lengths` says and parted in one way. */
function shaped(place: Place, ...lengths: number[]): string | undefined {
  const { run, first } = place
  const last = first + lengths.length - 1
  const separator = run.separators[first + 1] ?? ''
  for (let offset = 0; offset < lengths.length; offset++) {
    if (run.groups[first + offset]?.length !== lengths[offset]) return undefined
    if (offset > 0 && (run.separators[first + offset] !== separator || !/[- ]/.test(separator))) {
      return undefined
    }
  }
  return mayEnd(place, last, separator) ? run.groups.slice(first, last + 1).join('') : undefined
}

function findResident(place: Place): Find | undefined {
  const { text, run, first } = place
  const start = run.starts[first] ?? 0
  const piece = shaped(place, 13)
  const korean = piece ?? shaped(place, 6, 7)
  if (korean !== undefined && isKorean(korean, text, start, piece === undefined)) {
    return { kind: 'id', value: korean, last: piece === undefined ? first + 1 : first }
  }
  for (const lengths of [[18], [6, 8, 4]]) {
    const chinese = shaped(place, ...lengths)
    if (chinese && isChinese(chinese)) return { kind: 'id', value: chinese, last: first + lengths.length - 1 }
  }
  return findChineseWithX(place)
}

/** Its last character stands for ten. */
function findChineseWithX({ text, run, first }: Place): Find | undefined {
  for (const lengths of [[17], [6, 8, 3]]) {
    const last = first + lengths.length - 1
    const end = run.ends[last] ?? 0
    if (!/^x(?![0-9a-z_])/i.test(text.slice(end, end + 2))) continue
    if (lengths.some((length, offset) => run.groups[first + offset]?.length !== length)) continue
    const value = `${run.groups.slice(first, last + 1).join('')}X`
    if (isChinese(value)) return { kind: 'id', value, last, tail: 1 }
  }
  return undefined
}

function isChinese(number: string): boolean {
  return /^[1-8]\d{5}(?:19|20)/.test(number) && isDay(number.slice(10, 14)) && isChineseResident(number)
}

/**
 * Numbers given out since October 2020 end in digits at random: of somebody born since then the date must do. Whoever
 * calls it what it is may have been given a new one.
 */
function isKorean(digits: string, text: string, start: number, isParted: boolean): boolean {
  if (!isDay(digits.slice(2, 6))) return false
  if (isCalledResidentNumber(text, start)) return true
  // Nobody is born so late; bar codes of Japan (49...) would be.
  if (/[3478]/.test(digits.charAt(6)) && digits >= '40') return false
  if (isKoreanResident(digits)) return !isShopNumber(text, start)
  const isRecent = /[3478]/.test(digits.charAt(6)) && digits >= '2010'
  return isRecent && (isParted || !isBarcode(digits)) && !isShopNumber(text, start)
}

function findMyNumber(place: Place): Find | undefined {
  const piece = shaped(place, 12)
  const digits = piece ?? shaped(place, 4, 4, 4)
  if (digits === undefined || !isMyNumber(digits)) return undefined
  const { text, run, first } = place
  const start = run.starts[first] ?? 0
  // One number of 12 digits in eleven has the right check digit: only who calls it so or writes Japanese means it.
  const isMeant = isCalledMyNumber(text, start) || (isJapanese(text) && !isShopNumber(text, start))
  return isMeant ? { kind: 'id', value: digits, last: piece === undefined ? first + 2 : first } : undefined
}

const cardShapes = [
  [4, 4, 4, 4],
  [4, 4, 4, 4, 3],
  [4, 6, 5],
  [4, 6, 4],
]
const mostCardGroups = 10

function findCard(place: Place): Find | undefined {
  const { text, run, first } = place
  const group = run.groups[first] ?? ''
  if (group.length >= 13) {
    const isCard = isCardNumber(group) && !(group.length < 15 && isBarcode(group)) && mayEnd(place, first, '')
    if (!isCard || isShopNumber(text, run.starts[first] ?? 0)) return undefined
    return { kind: 'card', value: group, last: first }
  }
  for (const lengths of cardShapes) {
    const digits = shaped(place, ...lengths)
    if (digits && isCardNumber(digits))
      return { kind: 'card', value: digits, last: first + lengths.length - 1 }
  }
  return findOddCard(place)
}

/** Parted in some other way, but in one. */
function findOddCard(place: Place): Find | undefined {
  const { run, first } = place
  const separator = run.separators[first + 1] ?? ''
  if (!/^[- ]$/.test(separator)) return undefined
  let digits = run.groups[first] ?? ''
  for (let last = first + 1; last < first + mostCardGroups; last++) {
    const group = run.groups[last] ?? ''
    if (run.separators[last] !== separator || group.length < 2) return undefined
    digits += group
    if (digits.length > 19) return undefined
    if (digits.length >= 13 && isCardNumber(digits) && mayEnd(place, last, separator)) {
      return { kind: 'card', value: digits, last }
    }
  }
  return undefined
}

/** First digits that networks use, with their lengths; then the check digit. */
function isCardNumber(digits: string): boolean {
  const { length } = digits
  if (length < 13 || length > 19 || !hasIssuer(digits, length)) return false
  return isLuhn(digits)
}

function hasIssuer(digits: string, length: number): boolean {
  switch (digits[0]) {
    case '2':
      return length === 16 && /^2(?:2[0-9]|[3-6]|7[01]|720)/.test(digits)
    case '3':
      if (/^3[47]/.test(digits)) return length === 15
      return /^35/.test(digits) ? length >= 16 : /^3(?:0[0-59]|[689])/.test(digits) && length >= 14
    case '4':
      return length === 13 || length === 16 || length === 19
    case '5':
      return length === 16 || (length >= 16 && /^5[0678]/.test(digits))
    case '6':
      return length >= 16
    case '8':
      return length >= 16 && /^8[12]/.test(digits)
    case '9':
      return length === 16
    default:
      return false
  }
}

const mostPhoneGroups = 6

/** `skip` digits at the beginning are no country code but the way out of a country. */
function findInternational(place: Place, skip: number): Find | undefined {
  const { run, first } = place
  let digits = ''
  let found: Find | undefined
  for (let last = first; last < first + mostPhoneGroups && last < run.groups.length; last++) {
    const group = run.groups[last] ?? ''
    const separator = run.separators[last] ?? ''
    // A further number after a space begins anew, unless this one is not complete without it.
    if (found && separator === ' ' && (group.length < 2 || /^(?:0|(?:19|20)\d\d$)/.test(group))) break
    // The zero of `+44 (0)20` is not dialled from abroad.
    digits += last > first && group === '0' ? '' : group
    if (digits.length - skip > 15) break
    const number = digits.slice(skip)
    if (isInternational(number) && mayEnd(place, last, separator)) {
      found = { kind: 'phone', value: callable(number), last }
    }
  }
  return found
}

/** `0082 10 1234 5678`. In one piece it may as well be a number with zeros in front. */
function findAccessCode(place: Place): Find | undefined {
  const { run, first, text } = place
  const group = run.groups[first] ?? ''
  if (!/^00[1-9]/.test(group) || group.length > 5 || isShopNumber(text, run.starts[first] ?? 0))
    return undefined
  return findInternational(place, 2)
}

function findNational(place: Place): Find | undefined {
  const { text, run, first } = place
  const start = run.starts[first] ?? 0
  const group = run.groups[first] ?? ''
  if (group.length >= 9) {
    if (
      !isNationalPiece(group) ||
      !mayEnd(place, first, '') ||
      /[원円元€$£¥₩%]/.test(text.charAt(run.ends[first] ?? 0))
    )
      return undefined
    return isShopNumber(text, start) ? undefined : { kind: 'phone', value: group, last: first }
  }
  const isBracketed = text[start - 1] === '('
  for (let last = first + 1; last < first + mostPhoneGroups && last < run.groups.length; last++) {
    const separator = run.separators[last] ?? ''
    // Only an area code may be parted from the rest in another way.
    const common =
      last === first + 1 || (last === first + 2 && (isBracketed || run.separators[first + 1] === '('))
    if (!common && separator !== run.separators[last - 1]) return undefined
    if (separator === '/' && last > first + 1) return undefined
    const groups = run.groups.slice(first, last + 1)
    const way = isBracketed ? '(' : separator
    if (!isNational(groups, way) || !mayEnd(place, last, separator)) continue
    const isPlain = separator === ' ' && !/^01[016-9]$|^0[789]0$/.test(group)
    if (isPlain && isShopNumber(text, start)) return undefined
    return { kind: 'phone', value: groups.join(''), last }
  }
  return undefined
}
