/** Names of the page events heard since the page was loaded, in order. */
export const heard: string[] = []

/** The page view at hand: when it began, and what ends with it. */
export let viewMs = 0
export let view = new AbortController()

export const beginView = (): void => {
  view.abort()
  view = new AbortController()
  viewMs = Date.now()
}
