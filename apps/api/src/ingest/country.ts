/// <reference lib="esnext.intl" />
/** Countries by IANA time zone; '' where a zone tells none. Built on first use: it takes 80 ms. */
let countryByZone: Map<string, string> | undefined

/** Enough for every alias there is; whoever makes names up cannot grow it. */
const maxZones = 2000

/**
 * ISO 3166-1 alpha-2 of a time zone, null when it tells none. Browsers disagree on names (Asia/Kolkata,
 * Asia/Calcutta): an unknown one is asked of the runtime once.
 */
export function countryOfTimeZone(timeZone: string | undefined): string | null {
  if (!timeZone) return null
  countryByZone ??= readZones()
  const known = countryByZone.get(timeZone)
  if (known !== undefined) return known || null
  if (countryByZone.size >= maxZones) return null
  const country = countryByZone.get(canonicalZone(timeZone)) ?? ''
  countryByZone.set(timeZone, country)
  return country || null
}

/** A proxy's header is believed only in the form of a country; `XX` is its word for unknown. */
export function countryOfHeader(value: string | string[] | undefined): string | null {
  if (typeof value !== 'string' || !/^[A-Za-z]{2}$/.test(value)) return null
  const country = value.toUpperCase()
  return country === 'XX' ? null : country
}

/** The CLDR data of the runtime, asked region by region. */
function readZones(): Map<string, string> {
  const zones = new Map<string, string>()
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  for (const region of letters.flatMap((first) => letters.map((second) => first + second))) {
    const locale = new Intl.Locale(`und-${region}`)
    // Withdrawn codes (DD, SU, YU) resolve to their successor, which has its own turn.
    if (locale.region !== region || names.of(region) === undefined) continue
    for (const zone of locale.getTimeZones() ?? []) zones.set(zone, region)
  }
  return zones
}

function canonicalZone(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone
  } catch {
    return ''
  }
}
