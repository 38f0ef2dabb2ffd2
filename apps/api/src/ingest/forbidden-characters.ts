/// <reference lib="es2024.string" />
/** Deeper than anything a widget sends; also keeps a hostile body from exhausting the stack. */
const maxDepth = 32

/**
 * The place of the first character that PostgreSQL cannot store: NUL (22021, 22P05) or half of a surrogate
 * pair (22P02), in strings and in keys. `undefined` when there is none. Nesting too deep to search counts too.
 */
export function findForbiddenCharacter(value: unknown, place = '', depth = 0): string | undefined {
  if (typeof value === 'string') return isForbidden(value) ? place : undefined
  if (typeof value !== 'object' || value === null) return undefined
  if (depth > maxDepth) return place
  for (const [key, member] of Object.entries(value)) {
    // A key that cannot be stored cannot be shown either: the place is its parent.
    if (isForbidden(key)) return place === '' ? 'a member name' : `a member name of ${place}`
    const found = findForbiddenCharacter(member, place === '' ? key : `${place}.${key}`, depth + 1)
    if (found !== undefined) return found
  }
  return undefined
}

/**
 * Whether a JSON text can hold such a character at all. Raw NUL is a syntax error and a body decoded from
 * UTF-8 has no lone surrogates, so only an escape brings one in; without escapes nothing needs walking.
 */
export function mayHoldForbiddenCharacters(json: string): boolean {
  return json.includes('\\u')
}

function isForbidden(text: string): boolean {
  return text.includes('\u0000') || !text.isWellFormed()
}
