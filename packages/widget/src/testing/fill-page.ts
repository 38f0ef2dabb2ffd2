/** What happy-dom and jsdom lack of a browser, as far as the panel only listens to it: a page at rest. */
const standIns: Record<string, () => unknown> = {
  visualViewport: () => Object.assign(new EventTarget(), { height: innerHeight, offsetTop: 0, scale: 1 }),
  matchMedia: () => () => Object.assign(new EventTarget(), { matches: false }),
  // Nothing is ever laid out, so nothing comes into view.
  IntersectionObserver: () =>
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
}

/** Makes a test's page enough of a browser; a real one stays as it is. */
export const fillPage = (): void => {
  for (const name in standIns)
    if (!(name in window)) {
      const value = standIns[name]?.()
      for (const page of [window, globalThis])
        Object.defineProperty(page, name, { value, configurable: true, writable: true })
    }
}
