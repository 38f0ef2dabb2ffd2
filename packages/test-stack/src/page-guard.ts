/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { bundleForPage } from './bundle-for-page.ts'
import type { PageGuard } from './in-page/guard.ts'

/** A script that remembers the page's globals and builtins at the place where it stands. */
export const pageGuard = (): Promise<string> =>
  bundleForPage(fileURLToPath(new URL('./in-page/guard.ts', import.meta.url)))

/** What has changed in the page since its guard ran; `ignored` globals may change, like a page's own state. */
export const changesOf = (page: Page, ignored: string[]): Promise<{ globals: string[]; poisoning: string }> =>
  page.evaluate((names) => {
    const guard = (window as unknown as { __guard: PageGuard }).__guard
    return {
      globals: guard.newGlobals(),
      poisoning: guard.poisoning(new RegExp(`^(?:__guard|${names.join('|')})$`)),
    }
  }, ignored)
