/** A random whole number from 0 to `count` - 1, each as likely: the values that would favour some are drawn again. */
function below(count: number): number {
  const fair = 2 ** 32 - (2 ** 32 % count)
  let drawn: number
  do [drawn = 0] = crypto.getRandomValues(new Uint32Array(1))
  while (drawn >= fair)
  return drawn % count
}

/** A copy in an order of which every one is as likely (Fisher and Yates). */
export function shuffled<Item>(items: readonly Item[]): Item[] {
  const result = [...items]
  for (let last = result.length - 1; last > 0; last -= 1) {
    const drawn = below(last + 1)
    const item = result[last] as Item
    result[last] = result[drawn] as Item
    result[drawn] = item
  }
  return result
}
