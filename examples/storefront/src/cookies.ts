/** The cookies of a request. A name that is sent twice keeps its first value, as the browser's most specific one. */
export function readCookies(header: string | undefined): Map<string, string> {
  const cookies = new Map<string, string>()
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=')
    const name = pair.slice(0, at).trim()
    if (at > 0 && !cookies.has(name)) cookies.set(name, pair.slice(at + 1).trim())
  }
  return cookies
}

/** A cookie of this shop, for 30 days; null takes it away. Values are written with characters that need no quoting. */
export const cookie = (name: string, value: string | null): string =>
  `${name}=${value ?? ''}; Path=/; SameSite=Lax; Max-Age=${value === null ? 0 : 2_592_000}`
