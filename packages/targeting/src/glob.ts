/**
 * Where `part` begins in `text` at or after `from`, -1 when nowhere. Knuth, Morris and Pratt rather than `indexOf`:
 * engines search naively, and a hostile address times a hostile pattern would stall the page.
 */
function find(text: string, part: string, from: number): number {
  const fallback = [0]
  for (let i = 1, k = 0; i < part.length; i++) {
    while (k && part[i] !== part[k]) k = fallback[k - 1] as number
    if (part[i] === part[k]) k++
    fallback[i] = k
  }
  for (let i = from, k = 0; i < text.length; i++) {
    while (k && text[i] !== part[k]) k = fallback[k - 1] as number
    if (text[i] === part[k]) k++
    if (k === part.length) return i - k + 1
  }
  return -1
}

/**
 * `*` in `pattern` stands for any run of characters, none included; everything else stands for itself. Case-sensitive,
 * the whole value must match. Taking the first place where each literal fits is exact, because only `*` follows it;
 * time is linear in both lengths together.
 */
export function glob(pattern: string, value: string): boolean {
  const [head = '', ...rest] = pattern.split('*')
  const tail = rest.pop()
  if (tail === undefined) return pattern === value
  const end = value.length - tail.length
  let at = head.length
  if (!value.startsWith(head) || !value.endsWith(tail)) return false
  for (const part of rest) {
    if (!part) continue
    const start = find(value, part, at)
    if (start < 0) return false
    at = start + part.length
  }
  return at <= end
}
