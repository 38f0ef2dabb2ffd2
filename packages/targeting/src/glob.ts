/**
 * `*` in `pattern` stands for any run of characters, none included; everything else stands for itself. Case-sensitive,
 * the whole value must match. Taking the first place where each literal fits is exact, because only `*` follows it:
 * nothing is tried twice, the time is linear in the value's length. U+0000 marks both ends, so that the outer literals
 * need no case of their own; no address and no stored text contains one.
 */
export function glob(pattern: string, value: string): boolean {
  const text = `\0${value}\0`
  let at = 0
  return `\0${pattern}\0`.split('*').every((part) => {
    at = text.indexOf(part, at) + part.length
    return at >= part.length
  })
}
