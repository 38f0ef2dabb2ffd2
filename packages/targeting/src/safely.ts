/** The result, or undefined when there is none: hostile input must not throw into the page. */
export function safely<T>(compute: () => T): T | undefined {
  try {
    return compute()
  } catch {
    return undefined
  }
}
