import type { UrlRules } from '@heed/contract'
import { glob } from './glob.ts'

/** Lower case, and `%EC%83%81` as the character a marketer types. */
function readable(text: string): string {
  try {
    return decodeURI(text).toLowerCase()
  } catch {
    return text.toLowerCase()
  }
}

/** Splits at the first `?`. */
function split(href: string): [address: string, parameters: string[]] {
  const [address = '', ...query] = href.split('?')
  return [readable(address), query.join('?').split('&').map(readable)]
}

const withoutHash = (href: string) => href.split('#')[0] as string

/**
 * The address as rules see it: origin and path in lower case, percent-decoded, without query, hash and trailing slash.
 */
export function normalizeUrl(href: string): string {
  const [address] = split(withoutHash(href))
  return address.endsWith('/') ? address.slice(0, -1) : address
}

/**
 * One pattern against one address. It may be written from the scheme, from the host or from the path on (`/cart*`),
 * and fits with or without a trailing slash. Query parameters count only where the pattern names them
 * (`/list?sort=price`), in any order: so whatever campaigns append is ignored without a list of their names.
 */
function covers(pattern: string, href: string): boolean {
  const [address, wanted] = split(pattern)
  const [, parameters] = split(withoutHash(href))
  const url = `${normalizeUrl(href)}/`
  const host = url.slice(url.indexOf('//') + 2)
  return (
    [url, host, host.slice(host.indexOf('/'))].some(
      (text) => glob(address, text) || glob(address, text.slice(0, -1)),
    ) && wanted.every((want) => !want || parameters.some((parameter) => glob(want, parameter)))
  )
}

/** Whether a page is meant: some `include` pattern fits (or there is none) and no `exclude` pattern does. */
export function urlAllowed(rules: UrlRules | undefined, href: string): boolean {
  const fits = (patterns: string[]) => patterns.some((pattern) => covers(pattern, href))
  return !fits(rules?.exclude ?? []) && (!rules?.include?.length || fits(rules.include))
}
