import type { MetricsReport, ResponsePage, ResponseRecord } from '@heed/contract'
import type { Stack } from '@heed/test-stack'
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core'

export const screens = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
} satisfies Record<string, BrowserContextOptions>
export type Screen = keyof typeof screens

/** A visitor who has never been here, and whatever went wrong on the pages meanwhile. */
export interface Visitor {
  context: BrowserContext
  page: Page
  /** Uncaught errors, console errors and policy violations of every page. Expected to stay empty. */
  troubles: string[]
}

declare global {
  interface Window {
    /** Display states that the page heard as DOM events, in order. */
    heard: string[]
  }
}

const states = ['eligible', 'shown', 'seen', 'started', 'answered', 'completed', 'dismissed', 'stored']

export async function newVisitor(browser: Browser, options: BrowserContextOptions): Promise<Visitor> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options })
  await context.addInitScript((names) => {
    window.heard = []
    for (const name of names) document.addEventListener(`heed:${name}`, () => window.heard.push(name))
    document.addEventListener('securitypolicyviolation', (event) =>
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`),
    )
  }, states)
  const troubles: string[] = []
  context.on('weberror', (error) => troubles.push(String(error.error())))
  context.on('console', (message) => {
    if (message.type() === 'error') troubles.push(message.text())
  })
  return { context, page: await context.newPage(), troubles }
}

export const panelOf = (page: Page): Locator => page.locator('heed-survey').getByRole('dialog')

/** Waits until this page has heard a display state. */
export const heard = (page: Page, state: string): Promise<unknown> =>
  page.waitForFunction((name) => window.heard.includes(name), state)

/** Does something, and waits for the acknowledgement of the answer that it causes. */
export async function untilStored(page: Page, act: () => Promise<void>): Promise<void> {
  const before = await page.evaluate(() => window.heard.filter((name) => name === 'stored').length)
  await act()
  await page.waitForFunction(
    (count) => window.heard.filter((name) => name === 'stored').length > count,
    before,
  )
}

async function putIntoCart(page: Page, shopUrl: string, language = 'en'): Promise<void> {
  await page.goto(`${shopUrl}/${language}/shop/`)
  await page.locator('main a[href*="/product/"]').first().click()
  await page.locator('[data-add] button').click()
}

/** Walks through the checkout as a buyer does, up to the page that thanks for the order. */
export async function buy(page: Page, shopUrl: string, language = 'en'): Promise<void> {
  await putIntoCart(page, shopUrl, language)
  await page.goto(`${shopUrl}/${language}/checkout/delivery/`)
  await page.locator('main form button[type=submit]').click()
  await page.waitForURL('**/checkout/payment/')
  await page.locator('main form button[type=submit]').click()
  await page.waitForURL('**/order/placed/')
}

/** What a visitor does to meet each survey, by the shop's own events. */
export const moments: Record<string, (page: Page, shopUrl: string, screen: Screen) => Promise<void>> = {
  'post-purchase-nps': (page, shopUrl) => buy(page, shopUrl),
  async 'product-csat'(page, shopUrl) {
    await page.goto(`${shopUrl}/en/shop/`)
    await page.locator('main a[href*="/product/"]').first().click()
    await page.waitForURL('**/product/**')
    await page.mouse.move(200, 400)
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight))
  },
  async 'checkout-ces'(page, shopUrl) {
    await buy(page, shopUrl)
    // The question about the order would follow to the next page.
    await panelOf(page).getByRole('button', { name: 'Close' }).click()
    await page.goto(`${shopUrl}/en/order/status/`)
  },
  async 'cart-exit'(page, shopUrl, screen) {
    await putIntoCart(page, shopUrl)
    await page.clock.install()
    await page.goto(`${shopUrl}/en/cart/`)
    await page.evaluate(() => (window as unknown as { heed: { ready: Promise<void> } }).heed.ready)
    await page.waitForLoadState('networkidle')
    // Somebody who leaves within the first seconds is not asked.
    await page.clock.fastForward(4000)
    if (screen === 'desktop') {
      await page.mouse.move(640, 300)
      await page.mouse.move(640, 2)
      await page.mouse.move(640, -20)
      return
    }
    // A phone has no pointer that leaves: the visitor flicks back up, to get at the browser's bar.
    await page.evaluate(async () => {
      const frame = () => new Promise(requestAnimationFrame)
      window.scrollTo(0, document.documentElement.scrollHeight)
      for (let step = 0; step < 6; step += 1) {
        await frame()
        window.scrollBy(0, -200)
      }
    })
  },
}

export async function responsesOf(stack: Stack, survey: string): Promise<ResponseRecord[]> {
  const { data } = await stack.query<ResponsePage>(`/responses?survey=${survey}&limit=200`)
  return data
}

export const metricsOf = (stack: Stack, survey: string, metric: string): Promise<MetricsReport> =>
  stack.query(`/metrics?survey=${survey}&metric=${metric}`)
