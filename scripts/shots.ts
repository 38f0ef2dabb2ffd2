/**
 * Pictures of what visitors see, for looking at: every survey on a phone and a desktop, in several languages, light
 * and dark, into `.artifacts/shots`; `--readme` also makes the picture in the README.
 *
 *   npm run shots [-- --readme]
 */
import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { launchBrowser, startStack } from '@heed/test-stack'
import type { Browser, Page } from 'playwright-core'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = `${root}.artifacts/shots`
const screens = {
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
  small: { viewport: { width: 320, height: 640 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
  desktop: { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1 },
}
const surveys = {
  'post-purchase-nps': 'order',
  'product-csat': 'product',
  'checkout-ces': 'checkout',
  'cart-exit': 'cart',
}

/** Opens a survey by code on a page it belongs to and waits until it stands still. */
async function open(page: Page, url: string, survey: string): Promise<void> {
  await page.goto(url, { waitUntil: 'load' })
  await page.evaluate(async (key) => {
    const heed = (globalThis as unknown as { heed: (...call: unknown[]) => unknown }).heed
    await heed('show', key, { force: true })
  }, survey)
  await page.locator('heed-survey [role=dialog]').waitFor()
  await page.evaluate(() => document.fonts.ready)
  await page.waitForFunction(() =>
    document.getAnimations({ subtree: true } as never).every(({ playState }) => playState !== 'running'),
  )
}

async function shoot(browser: Browser, shopUrl: string): Promise<number> {
  let count = 0
  for (const [screen, options] of Object.entries(screens)) {
    for (const locale of screen === 'small' ? ['en', 'ar'] : ['en', 'ko', 'ja', 'zh', 'ar']) {
      for (const scheme of locale === 'ko' ? (['light', 'dark'] as const) : (['light'] as const)) {
        const context = await browser.newContext({ ...options, colorScheme: scheme })
        for (const [survey, place] of Object.entries(surveys)) {
          const page = await context.newPage()
          await open(page, `${shopUrl}/${locale}/${place === 'product' ? '' : place === 'cart' ? 'cart' : ''}`, survey)
          await page.screenshot({ path: `${folder}/${survey}-${screen}-${locale}-${scheme}.png` })
          await page.close()
          count += 1
        }
        await context.close()
      }
    }
  }
  return count
}

await mkdir(folder, { recursive: true })
const stack = await startStack()
const browser = await launchBrowser()
try {
  const count = await shoot(browser, stack.shopUrl)
  console.log(`${count} pictures in ${folder}`)
} finally {
  await browser.close()
  await stack.close()
}
