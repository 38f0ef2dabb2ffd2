import { isAlphanumeric, isDigit } from './characters.ts'
import type { Span } from './span.ts'

/** Keys that say by their first letters that they are keys. Each needs this much more behind it. */
const prefixes =
  /^(?:[spr]k[_-]|whsec_|gh[opsu]_|github_pat_|glpat-|xox[abeprs]-|shp(?:at|ca|pa|ss)_|npm_|AIza|SG\.|ya29\.)/
const shortestSecret = 16
const shortestHex = 32
const shortestMixed = 20
const shortestLong = 32

/** Secrets that somebody pasted: JWTs, keys of services, `Bearer ...`, long hex and base64. UUIDs and slugs are none. */
export function findTokens(text: string): Span[] {
  const spans: Span[] = []
  let previousEnd = 0
  for (let start = 0; start < text.length; start++) {
    if (!isTokenCharacter(text.charCodeAt(start))) continue
    const end = endOfPiece(text, start)
    // Most words are shorter, and nothing is made of them.
    if (end - start >= shortestSecret) {
      const piece = text.slice(start, end)
      if (isSecret(piece, text, start, previousEnd)) spans.push({ start, end, kind: 'token', value: piece })
    }
    previousEnd = end
    start = end
  }
  return spans
}

/** A dot belongs to it where letters or digits go on: the parts of a JWT. One at the end of a sentence does not. */
function endOfPiece(text: string, start: number): number {
  let end = start
  while (end < text.length) {
    const code = text.charCodeAt(end)
    if (!isTokenCharacter(code) && !(code === 46 && isAlphanumeric(text.charCodeAt(end + 1)))) break
    end += 1
  }
  return end
}

function isTokenCharacter(code: number): boolean {
  return isAlphanumeric(code) || code === 95 || code === 45 || code === 43 || code === 47 || code === 61
}

function isSecret(piece: string, text: string, start: number, previousEnd: number): boolean {
  if (isWebToken(piece)) return true
  const prefix = prefixes.exec(piece)
  if (prefix && piece.length - prefix[0].length >= shortestSecret && isMixed(piece)) return true
  if (piece.length === 20 && /^A[KRS]IA[0-9A-Z]+$|^A[IR][DO]A[0-9A-Z]+$/.test(piece)) return true
  if (/[0-9]/.test(piece) && isBearer(text.slice(Math.max(0, previousEnd - 6), start))) return true
  // Addresses and file names have dots; a secret without a name of its own has none.
  if (piece.includes('.')) return false
  return isLongHex(piece) || isRandom(piece)
}

const isBearer = (before: string): boolean => /^bearer\s{1,4}$/i.test(before)

/** Header and payload of a JWT are JSON objects: both begin with `{"` in base64. */
function isWebToken(piece: string): boolean {
  if (!piece.startsWith('eyJ')) return false
  const parts = piece.split('.', 6)
  return parts.length >= 2 && parts.slice(0, 2).every((part) => part.length >= 10)
}

/** Not a name somebody chose: `pk_shop_settings_for_checkout` has neither digits nor capitals. */
const isMixed = (piece: string): boolean =>
  /[0-9]/.test(piece) || (/[A-Z]/.test(piece) && /[a-z]/.test(piece))

function isLongHex(piece: string): boolean {
  return (
    piece.length >= shortestHex && /^[0-9a-f]+$/i.test(piece) && /[0-9]/.test(piece) && /[a-f]/i.test(piece)
  )
}

/**
 * Whether letters and digits change as often as they do at random. A slug (`iphone-15-pro-256gb`) and a name in camel
 * case change seldom; capitals with digits alone are parcels, serial numbers and vouchers.
 */
function isRandom(piece: string): boolean {
  if (piece.length < shortestMixed) return false
  const counts = { upper: 0, lower: 0, digit: 0 }
  let changes = 0
  let length = 0
  let longest = 0
  let segment = 0
  let last: keyof typeof counts | undefined
  for (let index = 0; index < piece.length; index++) {
    const code = piece.charCodeAt(index)
    const kind = isDigit(code)
      ? 'digit'
      : code >= 97
        ? 'lower'
        : code >= 65 && code <= 90
          ? 'upper'
          : undefined
    if (kind === undefined) {
      segment = 0
      continue
    }
    counts[kind] += 1
    length += 1
    segment += 1
    if (segment > longest) longest = segment
    if (last !== undefined && last !== kind) changes += 1
    last = kind
  }
  const { upper, lower, digit } = counts
  // The length of an AWS secret, which has no name of its own, and no other characters than one has.
  if (/^[A-Za-z0-9][A-Za-z0-9+/]{39}$/.test(piece))
    return digit > 0 && upper > 4 && lower > 4 && changes >= 12
  if (upper >= 2 && lower >= 2 && digit >= 2) {
    return (longest >= shortestMixed || length >= shortestLong) && changes >= length * 0.45
  }
  return lower > 0 && upper === 0 && digit >= 6 && longest >= shortestLong && changes >= length * 0.3
}
