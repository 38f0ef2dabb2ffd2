import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { newVisitor, panelOf, screens } from './shop.ts'
import { useShop } from './use-shop.ts'

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

interface Finding {
  id: string
  nodes: { html: string; failureSummary: string }[]
}

/** What axe-core finds in the panel, every rule of WCAG 2.2 AA and its best practices. */
async function findingsOf(page: Page): Promise<Finding[]> {
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(context: unknown, options: unknown): Promise<{ violations: Finding[] }> }
    }
    const { violations } = await axe.run({ include: [['heed-survey']] }, { resultTypes: ['violations'] })
    return violations.map(({ id, nodes }) => ({
      id,
      nodes: nodes.map(({ html, failureSummary }) => ({ html, failureSummary })),
    }))
  })
}

async function show(page: Page, survey: string): Promise<void> {
  await page.evaluate(
    (key) => (window as unknown as { heed: (...call: unknown[]) => void }).heed('show', key, { force: true }),
    survey,
  )
  await panelOf(page).waitFor()
}

/** By survey, which choice leads on, question by question, until there is nothing to choose. */
const longestWays = {
  'post-purchase-nps': [0],
  'product-csat': [0, 0],
  'checkout-ces': [0, 0],
  'cart-exit': [2, 0],
}

describe('the open panel', () => {
  const shop = useShop()

  for (const [language, dir] of [
    ['en', 'ltr'],
    ['ko', 'ltr'],
    ['ar', 'rtl'],
  ] as const) {
    for (const [survey, choices] of Object.entries(longestWays)) {
      it(`has nothing for axe-core to find: ${survey} in ${language}, every step`, async () => {
        const { page, context } = await newVisitor(shop.browser, screens.phone)
        await page.goto(`${shop.stack.shopUrl}/${language}/`)
        await page.evaluate(() => (window as unknown as { heed: { ready: Promise<void> } }).heed.ready)
        await show(page, survey)
        // Past the page's policy: axe-core is the test's own, not the page's.
        const session = await context.newCDPSession(page)
        await session.send('Runtime.evaluate', { expression: await readFile(axePath, 'utf8') })
        expect(await panelOf(page).evaluate((element) => getComputedStyle(element).direction)).toBe(dir)
        expect(await findingsOf(page)).toEqual([])
        for (const choice of choices) {
          const heading = (await panelOf(page).getByRole('heading').textContent()) ?? ''
          await panelOf(page).getByRole('radio').nth(choice).click()
          await panelOf(page).getByRole('heading').filter({ hasNotText: heading }).waitFor()
          expect(await findingsOf(page)).toEqual([])
        }
        await context.close()
      })
    }
  }

  it('takes no focus when it opens, keeps Tab free and leaves by Escape only from inside', async () => {
    const { page, context } = await newVisitor(shop.browser, screens.desktop)
    await page.goto(`${shop.stack.shopUrl}/en/`)
    const link = page.locator('header a').first()
    await link.focus()
    await show(page, 'post-purchase-nps')
    expect(await link.evaluate((element) => element === document.activeElement)).toBe(true)
    await page.keyboard.press('Escape')
    expect(await panelOf(page).isVisible()).toBe(true)
    await panelOf(page).getByRole('radio').first().focus()
    // Out of the panel again after its last control: nothing traps.
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.localName)).not.toBe('heed-survey')
    await panelOf(page).getByRole('radio').first().focus()
    await page.keyboard.press('Escape')
    await page.locator('heed-survey').waitFor({ state: 'detached' })
    await context.close()
  })

  it('follows the arrow keys in reading direction and takes a digit for its score', async () => {
    const { page, context } = await newVisitor(shop.browser, screens.desktop)
    await page.goto(`${shop.stack.shopUrl}/ar/`)
    await show(page, 'post-purchase-nps')
    const checked = () => panelOf(page).locator('[aria-checked=true]').getAttribute('aria-label')
    await panelOf(page).getByRole('radio').first().focus()
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowLeft')
    expect(await checked()).toMatch(/^(1|١)/)
    await page.keyboard.press('8')
    expect(await checked()).toMatch(/^(8|٨)/)
    await context.close()
  })
})
