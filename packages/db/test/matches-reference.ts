/**
 * What a condition means, written down plainly and independently of both implementations: a missing value (null too)
 * equals null, is less and greater than nothing; texts order by character; otherwise numbers, and texts that spell one.
 */
export function matchesReference(wants: unknown, value: unknown): boolean {
  if (wants === null || typeof wants !== 'object') return (value ?? null) === wants
  return Object.entries(wants).every(([key, want]) => {
    if (!key.startsWith('$')) return matchesReference(want, at(value, key))
    const operator = operators[key]
    if (!operator) throw new Error(`${key} has no meaning here`)
    return operator(value, want as never)
  })
}

const operators: Record<string, (value: unknown, want: never) => boolean> = {
  $and: (value, want: unknown[]) => want.every((each) => matchesReference(each, value)),
  $or: (value, want: unknown[]) => want.length === 0 || want.some((each) => matchesReference(each, value)),
  $nor: (value, want: unknown[]) => want.length > 0 && !want.some((each) => matchesReference(each, value)),
  $not: (value, want) => !matchesReference(want, value),
  $eq: (value, want) => matchesReference(want, value),
  $ne: (value, want) => !matchesReference(want, value),
  $lt: ordered((sign) => sign < 0),
  $lte: ordered((sign) => sign <= 0),
  $gt: ordered((sign) => sign > 0),
  $gte: ordered((sign) => sign >= 0),
  $in: (value, want: unknown[]) => want.some((one) => among(value, one)),
  $nin: (value, want: unknown[]) => !want.some((one) => among(value, one)),
  $all: (value, want: unknown[]) => Array.isArray(value) && want.every((one) => among(value, one)),
  $elemMatch: (value, want) => Array.isArray(value) && value.some((item) => matchesReference(want, item)),
  $size: (value, want) => matchesReference(want, Array.isArray(value) ? value.length : undefined),
  $exists: (value, want: boolean) => (value !== null && value !== undefined) === want,
  $type: (value, want) => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value) === want,
  $glob: (value, want: string) => {
    const literal = want.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')
    return typeof value === 'string' && new RegExp(`^${literal}$`, 's').test(value)
  },
}

const among = (value: unknown, one: unknown) =>
  Array.isArray(value) ? value.some((item) => matchesReference(one, item)) : matchesReference(one, value)

function ordered(holds: (sign: number) => boolean) {
  return (value: unknown, want: string | number): boolean => {
    if (value === null || value === undefined || value === '' || typeof value === 'object') return false
    if (typeof value === 'string' && typeof want === 'string')
      return holds(value < want ? -1 : Number(value > want))
    const difference = Number(value) - Number(want)
    return !Number.isNaN(difference) && holds(difference)
  }
}

function at(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce(
      (found, key) => (found !== null && typeof found === 'object' ? (found as never)[key] : undefined),
      value,
    )
}
