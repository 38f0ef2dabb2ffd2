/**
 * JSON that page libraries cannot corrupt: Prototype gives arrays a `toJSON` that turns them into strings. A replacer is
 * handed the result, but finds the untouched value in its holder (ECMA-262, SerializeJSONProperty).
 */
export const stringify = (value: unknown, { stringify } = JSON): string =>
  stringify(value, function (this: Record<string, unknown>, key: string) {
    return this[key]
  })
