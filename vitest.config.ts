import { defineConfig } from 'vitest/config'

const resolve = { conditions: ['@heed/source'] }

export default defineConfig({
  resolve,
  ssr: { resolve },
  // globalSetup runs in an environment of its own.
  environments: { __vitest__: { resolve } },
  test: { globalSetup: ['./packages/test-stack/src/global-setup.ts'] },
})
