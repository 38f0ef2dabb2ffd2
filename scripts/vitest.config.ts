/** How tests run: the quick ones side by side, those with a browser one file after the other. */
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('..', import.meta.url))
const resolve = { conditions: ['@heed/source'] }
const browserTests = ['**/test/{browser,engines,hostile}/**/*.test.ts']
const shared = {
  root,
  resolve,
  ssr: { resolve },
  // globalSetup runs in an environment of its own.
  environments: { __vitest__: { resolve } },
}
const globalSetup = ['./packages/test-stack/src/global-setup.ts']

export default defineConfig({
  root,
  test: {
    projects: [
      {
        ...shared,
        test: {
          name: 'unit',
          globalSetup,
          include: ['{packages,apps,examples}/*/test/**/*.test.ts'],
          exclude: browserTests,
          testTimeout: 20_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        ...shared,
        test: {
          name: 'browser',
          globalSetup,
          include: browserTests,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // A browser, an API and PostgreSQL fill two cores; side by side they would only wait for each other.
          maxWorkers: 1,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
