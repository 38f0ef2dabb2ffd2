import { freshDatabase, launchBrowser, type Stack, type StackOptions, startStack } from '@heed/test-stack'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'

export interface Shop {
  stack: Stack
  browser: Browser
}

/** The whole product and a browser for the tests of one `describe`; filled in before the first of them. */
export function useShop(options: Omit<StackOptions, 'databaseUrl'> = {}): Shop {
  const shop = {} as Shop
  let drop = async () => {}
  beforeAll(async () => {
    const database = await freshDatabase()
    drop = database.drop
    shop.stack = await startStack({ databaseUrl: database.url, ...options })
    shop.browser = await launchBrowser()
  })
  afterAll(async () => {
    await shop.browser?.close()
    await shop.stack?.close()
    await drop()
  })
  return shop
}
