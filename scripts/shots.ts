/**
 * Pictures of what visitors see, for looking at: every survey and its follow-up on phones and a desktop, in five
 * languages, into `.artifacts/shots`; `--readme` makes the picture in the README instead.
 *
 *   npm run shots [-- --readme]
 */
import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { launchBrowser, startStack } from '@heed/test-stack'
import type { Browser, BrowserContext, Page } from 'playwright-core'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = `${root}.artifacts/shots`
const screens = {
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
  small: { viewport: { width: 320, height: 640 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
  desktop: { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1 },
}
/** Where each survey is asked, and on what question the second picture stands after this choice. */
const surveys = {
  'post-purchase-nps': { path: 'order/placed/', choose: 9 },
  'product-csat': { path: 'product/moon-cup/', choose: 1 },
  'checkout-ces': { path: 'order/status/', choose: 2 },
  'cart-exit': { path: 'cart/', choose: 2 },
}
/** Makes the visitor somebody with an order behind them and things in the cart. */
async function settle(context: BrowserContext, shopUrl: string, language: string): Promise<void> {
  const cart = { name: 'cart', value: 'moon-cup.2', url: shopUrl }
  await context.addCookies([cart])
  await context.request.post(`${shopUrl}/${language}/checkout/payment/`, { form: { payment: 'card' } })
  await context.addCookies([cart])
}

/** Opens a survey by code on the page it belongs to, and waits until it stands still. */
async function open(page: Page, url: string, survey: string): Promise<void> {
  await page.goto(url, { waitUntil: 'load' })
  await page.evaluate(async (key) => {
    const { heed } = globalThis as unknown as { heed: (...call: unknown[]) => Promise<unknown> }
    await heed('show', key, { force: true })
  }, survey)
  await page.locator('heed-survey').getByRole('dialog').waitFor()
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
}

async function shoot(browser: Browser, shopUrl: string): Promise<number> {
  let count = 0
  for (const [screen, options] of Object.entries(screens)) {
    for (const language of screen === 'small' ? ['en', 'ar'] : ['en', 'ko', 'ja', 'zh', 'ar']) {
      const context = await browser.newContext({ ...options, reducedMotion: 'reduce' })
      await settle(context, shopUrl, language)
      for (const [survey, { path, choose }] of Object.entries(surveys)) {
        const page = await context.newPage()
        const name = `${folder}/${survey}-${screen}-${language}`
        await open(page, `${shopUrl}/${language}/${path}`, survey)
        await page.screenshot({ path: `${name}-1.png` })
        const panel = page.locator('heed-survey').getByRole('dialog')
        const asked = (await panel.getByRole('heading').textContent()) ?? ''
        await panel.getByRole('radio').nth(choose).click()
        await panel.getByRole('heading').filter({ hasNotText: asked }).waitFor()
        await page.screenshot({ path: `${name}-2.png` })
        await page.close()
        count += 2
      }
      await context.close()
    }
  }
  return count
}

/** The picture in the README: the question on a desktop's order page, a phone's beside it. */
async function shootForReadme(browser: Browser, shopUrl: string): Promise<void> {
  const images: string[] = []
  for (const [screen, language] of [
    ['desktop', 'en'],
    ['phone', 'ko'],
  ] as const) {
    const context = await browser.newContext({
      ...screens[screen],
      deviceScaleFactor: 1.5,
      reducedMotion: 'reduce',
    })
    await settle(context, shopUrl, language)
    const page = await context.newPage()
    const [survey, path] =
      screen === 'desktop' ? ['post-purchase-nps', 'order/placed/'] : ['product-csat', 'product/moon-cup/']
    await open(page, `${shopUrl}/${language}/${path}`, survey)
    images.push(`data:image/png;base64,${(await page.screenshot()).toString('base64')}`)
    await context.close()
  }
  const [desktop = '', phone = ''] = images
  const page = await browser.newPage({ viewport: { width: 1280, height: 680 } })
  await page.setContent(`<style>
    body { margin: 0; height: 680px; background: #efe8dc; display: grid; place-items: center }
    div { position: relative; width: 1200px; height: 600px }
    img { position: absolute; border-radius: 14px; box-shadow: 0 18px 50px #2a1c1033 }
    img:first-child { width: 960px; right: 0; top: 0 }
    img:last-child { width: 256px; left: 0; bottom: 0; border-radius: 26px; border: 6px solid #1c1916 }
  </style><div><img src="${desktop}"><img src="${phone}"></div>`)
  await page.screenshot({ path: `${root}.github/heed.png` })
  await page.close()
}

await mkdir(folder, { recursive: true })
const stack = await startStack()
const browser = await launchBrowser()
try {
  if (process.argv.includes('--readme')) {
    await mkdir(`${root}.github`, { recursive: true })
    await shootForReadme(browser, stack.shopUrl)
    console.log('.github/heed.png')
  } else {
    console.log(`${await shoot(browser, stack.shopUrl)} pictures in ${folder}`)
  }
} finally {
  await browser.close()
  await stack.close()
}
