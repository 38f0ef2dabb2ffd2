import type { UrlRules } from '@heed/contract'
import { glob } from './glob.ts'
import { safely } from './safely.ts'

/** Address and parameters, lower case, `%EC%83%81` as the character a marketer types. */
function parse(href: string): string[] {
  const [address, query = ''] = (href.split('#')[0] as string).split('?')
  return [address as string, ...query.split('&')].map((text) =>
    (safely(() => decodeURI(text)) ?? text).toLowerCase(),
  )
}

/**
 * The address as rules see it: origin and path, percent-decoded, in lower case, without query, hash and trailing slash.
 */
export const normalizeUrl = (href: string): string => (parse(href)[0] as string).replace(/\/$/, '')

/**
 * Whether a page is meant: some `include` pattern fits (or there is none) and no `exclude` pattern does. A pattern may
 * begin at the scheme or at the path (`/cart*`) and fits with or without a trailing slash. Query parameters count only
 * where it names them (`/list?sort=price`), in any order: so whatever campaigns append is ignored, without a list of
 * their names.
 */
export function urlAllowed(rules: UrlRules | undefined, href: string): boolean {
  const [, ...parameters] = parse(href)
  const url = `${normalizeUrl(href)}/`
  const path = url.replace(/^.*?\/\/[^/]*/, '')
  const fits = (patterns: string[] = []) =>
    patterns.some((pattern) => {
      const [address, ...wanted] = parse(pattern)
      return (
        [url, path].some((text) => glob(address as string, text) || glob(`${address}/`, text)) &&
        wanted.every((want) => !want || parameters.some((parameter) => glob(want, parameter)))
      )
    })
  return !fits(rules?.exclude) && (!rules?.include?.length || fits(rules.include))
}
