/**
 * JSON that page libraries cannot corrupt: Prototype gives arrays a `toJSON` that turns them into strings, and a
 * replacer is handed its result, but finds the untouched value in its holder (ECMA-262, SerializeJSONProperty).
 * NUL and lone surrogates (half an emoji at the end of a cut text) are left out, as PostgreSQL refuses them and the
 * answer with them; the first alternative skips an escaped backslash, so that a visitor's literal `\u0000` stays.
 */
export const stringify = (value: unknown): string =>
  JSON.stringify(value, function (this: Record<string, unknown>, key: string) {
    return this[key]
  }).replace(/(\\[^u])|\\u(?:0000|d[89a-f]..)/g, '$1')
