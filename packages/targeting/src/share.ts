/** FNV-1a, 32 bit, over UTF-16 code units. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

/**
 * The place of `id` in [0, 1), the same for ever for the same two strings, in steps of 1/10,000: GrowthBook's hash
 * version 2 (FNV-1a of FNV-1a, which removes the bias of a single pass between similar seeds). A visitor is sampled
 * when `share(survey.id, seed) < sample`, so who is in at 10 % is also in at 20 %.
 */
export const share = (seed: string, id: string): number => (fnv1a(`${fnv1a(seed + id)}`) % 10_000) / 10_000
