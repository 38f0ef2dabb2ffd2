import { isAlphanumeric, isAsciiLetter, isDigit, isWordCharacter } from './characters.ts'
import type { Span } from './span.ts'

// The SWIFT registry: country and length. It tells where an account ends when words follow it.
const registry =
  'AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18FR27GB22GE22GI23GL18GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20YE30'

const lengths = new Map<string, number>()
for (let index = 0; index < registry.length; index += 4) {
  lengths.set(registry.slice(index, index + 2), Number(registry.slice(index + 2, index + 4)))
}

/** Account numbers with their check digits right (ISO 13616), in one piece or in groups. */
export function findIbans(text: string): Span[] {
  const spans: Span[] = []
  for (let index = 0; index < text.length; index++) {
    if (!isAsciiLetter(text.charCodeAt(index)) || !isDigit(text.charCodeAt(index + 2))) continue
    if (index > 0 && isWordCharacter(text.charCodeAt(index - 1))) continue
    const length = lengths.get(text.slice(index, index + 2).toUpperCase())
    const span = length === undefined ? undefined : readIban(text, index, length)
    if (!span) continue
    spans.push(span)
    index = span.end - 1
  }
  return spans
}

function readIban(text: string, start: number, length: number): Span | undefined {
  let value = ''
  let index = start
  while (value.length < length) {
    const code = text.charCodeAt(index)
    if (isAlphanumeric(code)) value += text.charAt(index)
    else if (!isSeparator(code) || !isAlphanumeric(text.charCodeAt(index + 1))) return undefined
    index += 1
  }
  if (isWordCharacter(text.charCodeAt(index))) return undefined
  value = value.toUpperCase()
  return isValid(value) ? { start, end: index, kind: 'iban', value } : undefined
}

const isSeparator = (code: number): boolean => code === 32 || code === 45

/** ISO 7064 MOD 97-10 over the account with its first four characters at the end. */
function isValid(iban: string): boolean {
  let rest = 0
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(character, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest === 1
}
