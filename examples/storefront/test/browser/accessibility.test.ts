import { createRequire } from 'node:module'
import { freshDatabase, launchBrowser, type Stack, startStack } from '@heed/test-stack'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newVisitor, panelOf, screens } from './shop.ts'

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

describe('the open panel', () => {
  let stack: Stack
  let browser: Browser
  let database: Awaited<ReturnType<typeof freshDatabase>>

  beforeAll(async () => {
    database = await freshDatabase()
    stack = await startStack({ databaseUrl: database.url })
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await stack.close()
    await database.drop()
  })

  for (const [language, dir] of [
    ['en', 'ltr'],
    ['ko', 'ltr'],
    ['ar', 'rtl'],
  ] as const) {
    for (const survey of ['post-purchase-nps', 'product-csat', 'checkout-ces', 'cart-exit']) {
      it(`has nothing for axe-core to find: ${survey} in ${language}, every step`, async () => {
        const { page, context } = await newVisitor(browser, screens.phone)
        await page.goto(`${stack.shopUrl}/${language}/`)
        await page.evaluate(() => (window as unknown as { heed: { ready: Promise<void> } }).heed.ready)
        await show(page, survey)
        // Past the page's policy: axe-core is the test's own, not the page's.
        const session = await context.newCDPSession(page)
        const { readFile } = await import('node:fs/promises')
        await session.send('Runtime.evaluate', { expression: await readFile(axePath, 'utf8') })
        expect(await panelOf(page).evaluate((element) => getComputedStyle(element).direction)).toBe(dir)
        const lastOf = (name: 'radio') => panelOf(page).getByRole(name).last()
        for (let step = 0; step < 3; step += 1) {
          expect(await findingsOf(page)).toEqual([])
          const heading = (await panelOf(page).getByRole('heading').textContent()) ?? ''
          if ((await panelOf(page).getByRole('radio').count()) === 0) break
          // The last choice leads through the longest way; the free one of a list opens a field instead.
          const list = await panelOf(page).locator('.list').count()
          await (list ? panelOf(page).getByRole('radio').first() : lastOf('radio')).click()
          await panelOf(page).getByRole('heading').filter({ hasNotText: heading }).waitFor()
        }
        await context.close()
      })
    }
  }

  it('takes no focus when it opens, keeps Tab free and leaves by Escape only from inside', async () => {
    const { page, context } = await newVisitor(browser, screens.desktop)
    await page.goto(`${stack.shopUrl}/en/`)
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
    const { page, context } = await newVisitor(browser, screens.desktop)
    await page.goto(`${stack.shopUrl}/ar/`)
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
