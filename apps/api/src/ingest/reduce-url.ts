/// <reference lib="es2024.string" />
const maxUrlLength = 2000

// A name in lower case, not in Punycode: parsing would give back the same text.
const plainOrigin = /^https?:\/\/(?:(?!xn--)[a-z0-9-]+\.)+(?!xn--)[a-z]{2,}(?=\/|$)/

/** Origin, path and the project's query keys; undefined for what is no web address. Nothing else of a URL is kept. */
export function reduceUrl(url: string, queryKeys: readonly string[]): string | undefined {
  if (url.length > maxUrlLength * 4) return undefined
  // Most pages have neither query nor hash nor credentials: parsing would give back the same text.
  if (/^https?:\/\/[^/?#@\s]+(\/[^?#@\s]*)?$/.test(url)) return url.length <= maxUrlLength ? url : undefined
  const parsed = URL.parse(url)
  if (!parsed || (parsed.protocol !== 'https:' && parsed.protocol !== 'http:')) return undefined
  const query = new URLSearchParams()
  for (const key of queryKeys) for (const value of parsed.searchParams.getAll(key)) query.append(key, value)
  const search = query.size > 0 ? `?${query}` : ''
  const reduced = parsed.origin + parsed.pathname + search
  return reduced.length <= maxUrlLength ? reduced : undefined
}

/** `https://shop.example`, undefined for what is no web address. */
export function originOf(url: string): string | undefined {
  const plain = plainOrigin.exec(url)
  if (plain) return plain[0]
  const parsed = URL.parse(url)
  return parsed && (parsed.protocol === 'https:' || parsed.protocol === 'http:') ? parsed.origin : undefined
}

/** Origin and path for the report column, at most 1024 characters. A cut through a pair of surrogates is mended. */
export function pageOf(url: string | undefined): string | null {
  if (url === undefined) return null
  const end = url.indexOf('?')
  return (end < 0 ? url : url.slice(0, end)).slice(0, 1024).toWellFormed()
}
