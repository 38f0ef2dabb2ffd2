import { isAlphanumeric, isAsciiLetter, isDigit, isLatinLetter } from './characters.ts'
import type { Span } from './span.ts'

// RFC 5321, 4.5.3.1.
const maxLocalLength = 64
const maxDomainLength = 253

/** `name@shop.example`, also as it stands in an address bar (`%40`). A mention (`@shop`) and a price (`2@3.50`) are none. */
export function findEmails(text: string): Span[] {
  const spans: Span[] = []
  let from = 0
  while (true) {
    const at = nextAt(text, from)
    if (at < 0) return spans
    const domain = at + (text[at] === '@' ? 1 : 3)
    const start = startOfLocal(text, at, from)
    const end = start < at ? endOfDomain(text, domain) : domain
    if (end > domain) {
      const value = `${text.slice(start, at)}@${text.slice(domain, end)}`.toLowerCase()
      spans.push({ start, end, kind: 'email', value })
    }
    from = Math.max(end, domain)
  }
}

function nextAt(text: string, from: number): number {
  for (let index = from; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code === 64 || (code === 37 && text.startsWith('%40', index))) return index
  }
  return -1
}

/**
 * Where the name before the `@` begins. Korean, Chinese and Japanese stand right against an address (`메일은kim@...`)
 * and do not belong to it, unless the name is in that script altogether.
 */
function startOfLocal(text: string, at: number, floor: number): number {
  const lowest = Math.max(floor, at - maxLocalLength)
  const isMember = isOtherLetter(text.charCodeAt(at - 1)) ? isOtherLetter : isLocalCharacter
  let start = at
  while (start > lowest && isMember(text.charCodeAt(start - 1))) start -= 1
  // Quotes and dots before it are the sentence's.
  while (start < at && /[.'&-]/.test(text.charAt(start))) start += 1
  return start
}

/** The end of the longest `label.label.tld`; `start` when there is none. */
function endOfDomain(text: string, start: number): number {
  const limit = Math.min(text.length, start + maxDomainLength)
  let end = start
  let label = start
  for (let labels = 0; label < limit; labels++) {
    const isMember = isOtherLetter(text.charCodeAt(label)) ? isOtherLetter : isLabelCharacter
    let stop = label
    while (stop < limit && isMember(text.charCodeAt(stop))) stop += 1
    if (stop === label) break
    if (labels > 0 && isTopLevel(text.slice(label, stop))) end = stop
    if (text[stop] !== '.') break
    label = stop + 1
  }
  return end
}

const isTopLevel = (label: string): boolean =>
  label.length >= 2 && (/^xn--[a-z0-9-]+$/i.test(label) || !/[0-9-]/.test(label))

const isLabelCharacter = (code: number): boolean => isLatinLetter(code) || isDigit(code) || code === 45

/** Letters, digits and `. _ % + - ' &`; the rarer ones of the RFC are punctuation to everybody else. */
function isLocalCharacter(code: number): boolean {
  if (isAlphanumeric(code)) return true
  if (code >= 128) return isLatinLetter(code)
  return code === 46 || code === 95 || code === 37 || code === 43 || code === 45 || code === 39 || code === 38
}

/** A letter of a script that is not Latin, roughly: beyond Latin and no punctuation. */
function isOtherLetter(code: number): boolean {
  if (code < 0x370 || isAsciiLetter(code)) return false
  return !((code >= 0x2000 && code <= 0x206f) || (code >= 0x3000 && code <= 0x303f) || code >= 0xfe00)
}
