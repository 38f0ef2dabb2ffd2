/** Why a pattern can never fit the origin of a page, undefined when it can. */
export function originPatternError(pattern: string): string | undefined {
  if (pattern === '*') return undefined
  if (!/^https?:\/\//.test(pattern))
    return 'begins with neither http:// nor https://; write for instance https://*.shop.example'
  if (/[\s?#]/.test(pattern)) return 'an origin has no spaces, query or hash'
  if (/^https?:\/\/[^/]*\/./.test(pattern)) return 'an origin has no path; leave out what follows the host'
  return undefined
}
