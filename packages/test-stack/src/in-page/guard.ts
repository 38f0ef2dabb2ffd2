/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/** Runs in the page, after the page's own scripts and before the one under test, and remembers what it found. */
import { assertNoPoisoning } from '@fast-check/poisoning'

const { getOwnPropertyNames, defineProperty } = Object
const before = new Set(getOwnPropertyNames(window))

export interface PageGuard {
  /** Globals that came since. */
  newGlobals(): string[]
  /** What was changed, added or removed in the page's builtins since; '' when nothing was. `ignored`: globals that may. */
  poisoning(ignored: RegExp): string
}

const guard: PageGuard = {
  newGlobals: () => getOwnPropertyNames(window).filter((name) => !before.has(name) && name !== '__guard'),
  poisoning(ignoredRootRegex) {
    try {
      assertNoPoisoning({ ignoredRootRegex })
      return ''
    } catch (error) {
      return String(error)
    }
  },
}
defineProperty(window, '__guard', { value: guard, enumerable: false })
