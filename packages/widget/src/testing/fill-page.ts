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

/** jsdom knows the element, and not how it opens. */
const modal = {
  showModal(this: HTMLDialogElement) {
    this.open = true
  },
  close(this: HTMLDialogElement) {
    this.open = false
  },
}

/** Makes a test's page enough of a browser; a real one stays as it is. */
export const fillPage = (): void => {
  for (const name in standIns)
    if (!(window as unknown as Record<string, unknown>)[name]) {
      const value = standIns[name]?.()
      for (const page of [window, globalThis])
        Object.defineProperty(page, name, { value, configurable: true, writable: true })
    }
  if (!('showModal' in HTMLDialogElement.prototype)) Object.assign(HTMLDialogElement.prototype, modal)
}
