import { glob } from '@heed/targeting'

/**
 * Whether pages of this origin may send. Without patterns every origin may; without an origin (a server, a
 * command line) there is no page to forbid. `*` stands for any run of characters but a slash:
 * `https://*.shop.example`, `http://localhost:*`.
 */
export function originAllowed(patterns: readonly string[], origin: string | undefined): boolean {
  if (patterns.length === 0 || origin === undefined) return true
  const wanted = origin.toLowerCase()
  return patterns.some((pattern) => glob(pattern.toLowerCase().replace(/\/+$/, ''), wanted))
}
