import { defineConfig } from 'vitest/config'
export default defineConfig({
  resolve: { conditions: ['@heed/source'] },
  ssr: { resolve: { conditions: ['@heed/source'] } },
})
