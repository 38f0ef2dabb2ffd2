import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { buy, heard, newVisitor, panelOf, responsesOf, screens, untilStored } from './shop.ts'
import { useShop } from './use-shop.ts'

const survey = 'post-purchase-nps'

/** Answers the NPS survey that is open, score and comment, to its thank-you. */
async function answer(page: Page, score: number, comment: string): Promise<void> {
  await panelOf(page).getByRole('radio').nth(score).click()
  await panelOf(page).getByRole('textbox').fill(comment)
  await panelOf(page).getByRole('button', { name: 'Send' }).click()
  await panelOf(page).getByRole('heading', { name: /thank/i }).waitFor()
}

const keptOnDevice = (page: Page): Promise<string[]> =>
  page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('heed')))

describe('an answer that cannot be delivered at once', () => {
  const shop = useShop()

  it('is kept while the visitor is offline and stored once from the next page', async () => {
    const { page, context, troubles } = await newVisitor(shop.browser, screens.phone)
    await buy(page, shop.stack.shopUrl)
    await panelOf(page).waitFor()
    await context.setOffline(true)
    await answer(page, 9, 'offline')
    expect(await panelOf(page).textContent()).toContain('saved on this device')
    await page.close()
    await context.setOffline(false)
    const next = await context.newPage()
    await next.goto(`${shop.stack.shopUrl}/en/`)
    await heard(next, 'stored')
    const stored = (await responsesOf(shop.stack, survey)).filter(
      ({ answers }) => answers.promoter === 'offline',
    )
    expect(stored).toHaveLength(1)
    expect(stored[0]).toMatchObject({ answers: { nps: 9 }, completed: true })
    expect((await keptOnDevice(next)).filter((key) => key.includes('.r.'))).toEqual([])
    expect(troubles.filter((text) => !text.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([])
    await context.close()
  })

  it('is kept while the server is down and stored once when it is back', async () => {
    const { page, context } = await newVisitor(shop.browser, screens.desktop)
    await buy(page, shop.stack.shopUrl)
    await panelOf(page).waitFor()
    await shop.stack.stopApi()
    await answer(page, 2, 'outage')
    expect(await panelOf(page).textContent()).toContain('saved on this device')
    // The shop is a page like any other while the server is away.
    await page.goto(`${shop.stack.shopUrl}/en/shop/`)
    await shop.stack.startApi()
    await untilStored(page, async () => {
      await page.goto(`${shop.stack.shopUrl}/en/`)
    })
    const stored = (await responsesOf(shop.stack, survey)).filter(
      ({ answers }) => answers.detractor === 'outage',
    )
    expect(stored).toHaveLength(1)
    expect(stored[0]).toMatchObject({ answers: { nps: 2 }, completed: true })
    await context.close()
  })

  it('is not thanked for while neither the server nor the device has it, and can be sent again', async () => {
    const { page, context } = await newVisitor(shop.browser, screens.desktop)
    await buy(page, shop.stack.shopUrl)
    await panelOf(page).waitFor()
    // Withdrawn: nothing may be written to the device any more.
    await page.evaluate(() =>
      (window as unknown as { heed: (...call: unknown[]) => void }).heed('consent', { storage: 'denied' }),
    )
    await panelOf(page).getByRole('radio').nth(8).click()
    await panelOf(page).getByRole('textbox').fill('only in memory')
    await context.setOffline(true)
    await panelOf(page).getByRole('button', { name: 'Send' }).click()
    const alert = panelOf(page).getByRole('alert')
    await alert.filter({ hasText: /has not been sent/ }).waitFor({ timeout: 20_000 })
    expect(await panelOf(page).getByRole('textbox').inputValue()).toBe('only in memory')
    expect(await keptOnDevice(page)).toEqual([])
    await context.setOffline(false)
    await untilStored(page, () => panelOf(page).getByRole('button', { name: /again/i }).click())
    await panelOf(page).getByRole('heading', { name: /thank/i }).waitFor()
    const stored = (await responsesOf(shop.stack, survey)).filter(
      ({ answers }) => answers.passive === 'only in memory',
    )
    expect(stored).toHaveLength(1)
    expect(stored[0]?.visitor).toBeNull()
    await context.close()
  })
})
