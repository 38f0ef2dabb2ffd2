import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { launchBrowser } from '@heed/test-stack'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Storefront, startStorefront } from '../../server.ts'

const pages = [
  '',
  'shop/',
  'shop/tea/',
  'product/moon-cup/',
  'product/sejak/',
  'cart/',
  'checkout/delivery/',
  'checkout/payment/',
  'order/placed/',
  'order/status/',
  'nowhere/',
]
const ways = [
  { code: 'en', viewport: { width: 1366, height: 860 } },
  { code: 'ko', viewport: { width: 360, height: 740 } },
  { code: 'ar', viewport: { width: 390, height: 844 } },
] as const

let shop: Storefront
let browser: Browser
let axe: string

beforeAll(async () => {
  shop = await startStorefront()
  browser = await launchBrowser()
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
})
afterAll(async () => {
  await browser.close()
  await shop.close()
})

/** What is wrong for somebody who does not see, point or read as most do: `rule: the first place`. */
const violations = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { target: string[] }[] }[] }> }
    }
    const found = await axe.run()
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(' ')}`)
  })

describe.each(ways)('the shop without feedback, /$code/ at $viewport.width px', ({ code, viewport }) => {
  it('is accessible, keeps to its own policy and never scrolls sideways', async () => {
    const context = await browser.newContext({ viewport, reducedMotion: 'reduce' })
    await context.addCookies([
      { name: 'cart', value: 'moon-cup.2~sejak.1', url: shop.url },
      { name: 'order', value: 'ON48213|standard|moon-cup.1', url: shop.url },
    ])
    const page = await context.newPage()
    const troubles: string[] = []
    page.on('pageerror', (error) => troubles.push(String(error)))
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('404')) troubles.push(message.text())
    })
    for (const path of pages) {
      await page.goto(`${shop.url}/${code}/${path}`)
      await page.evaluate(axe)
      expect(await violations(page), path).toEqual([])
      const wider = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect(wider, `${path} is wider than the screen by`).toBe(0)
    }
    expect(troubles).toEqual([])
    await context.close()
  })
})

it('keeps the cart, its totals and its count together when quantities change', async () => {
  const page = await browser.newPage({ viewport: { width: 390, height: 844 } })
  await page.goto(`${shop.url}/ja/product/moon-cup/`)
  await page.locator('select').selectOption('2')
  await page.locator('[data-add] button').click()
  expect(await page.locator('[data-cart-count]').textContent()).toBe('2')
  expect(await page.locator('[data-added]').textContent()).toContain('月の湯のみ')

  await page.goto(`${shop.url}/ja/cart/`)
  const total = (): Promise<string | null> => page.locator('[data-total=all]').textContent()
  expect(await total()).toBe('￥9,100')
  await page.locator('[data-change="1"]').click()
  // Three of 4,200 are above the limit for free delivery.
  expect(await total()).toBe('￥12,600')
  expect(await page.locator('[data-updated]').textContent()).toContain('￥12,600')
  await page.reload()
  expect(await total()).toBe('￥12,600')
  await page.locator('[data-remove]').click()
  await page.locator('.empty').waitFor()
  expect(await page.locator('[data-cart-count]').isVisible()).toBe(false)
  await page.close()
})

it('remembers a privacy choice and forgets everything for a new visitor', async () => {
  const page = await browser.newPage()
  await page.goto(`${shop.url}/en/product/sejak/`)
  await page.locator('[data-add] button').click()
  await page.locator('[data-privacy]').focus()
  await page.keyboard.press('Enter')
  await page.locator('[data-consent-choice=denied]').click()
  expect(await page.locator('.privacy-saved').textContent()).toContain('Nothing is kept')
  const calls = () =>
    page.evaluate(() =>
      [...((window as unknown as { heed?: { q: IArguments[] } }).heed?.q ?? [])].map((call) => [...call]),
    )
  expect(await calls()).toEqual([['consent', { storage: 'denied' }]])
  await page.keyboard.press('Escape')
  expect(await page.evaluate(() => document.activeElement?.hasAttribute('data-privacy'))).toBe(true)
  expect(await page.evaluate(() => document.cookie)).toContain('consent=denied')

  await page.locator('[data-privacy]').click()
  await page.locator('[data-start-over]').click()
  await page.waitForURL('**/en/')
  expect(await page.evaluate(() => document.cookie)).toBe('')
  await page.close()
})
