/** The same function, but a fault in it ends in undefined instead of in the page's error handlers. */
export const safely =
  <Args extends unknown[], Result>(run: (...args: Args) => Result) =>
  (...args: Args): Result | undefined => {
    try {
      return run(...args)
    } catch {
      return undefined
    }
  }
