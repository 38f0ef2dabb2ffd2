import type { ResponsePage } from '@heed/contract'
import { describe, expect, it } from 'vitest'
import { buy, heard, newVisitor, panelOf, screens, untilStored } from './shop.ts'
import { useShop } from './use-shop.ts'

interface Explanation {
  surveyKey: string
  rules: { rule: string; pass: boolean }[]
}

describe('Heed on somebody else’s page', () => {
  const shop = useShop()

  it('asks and stores under the strictest policy with Trusted Types, without one violation', async () => {
    const { page, context, troubles } = await newVisitor(shop.browser, screens.desktop)
    await buy(page, shop.stack.shopUrl)
    await panelOf(page).waitFor()
    await untilStored(page, () => panelOf(page).getByRole('radio').nth(10).click())
    await page.keyboard.press('Escape')
    expect(troubles).toEqual([])
    const { data } = await shop.stack.query<ResponsePage>('/responses?survey=post-purchase-nps')
    expect(data.map(({ answers }) => answers)).toEqual([{ nps: 10 }])
    await context.close()
  })

  it('makes one request, adds one global and remembers the visitor under one key where nothing shows', async () => {
    const { page, context, troubles } = await newVisitor(shop.browser, screens.desktop)
    const requests: string[] = []
    page.on('request', (request) => {
      if (request.url().startsWith(shop.stack.apiUrl)) requests.push(new URL(request.url()).pathname)
    })
    const globalsOf = () => page.evaluate(() => Object.keys(window))
    await page.route('**/heed.js', (route) => route.abort())
    await page.goto(`${shop.stack.shopUrl}/en/`)
    const before = await globalsOf()
    await page.unroute('**/heed.js')
    requests.length = 0
    await page.goto(`${shop.stack.shopUrl}/en/`)
    await page.evaluate(() => (window as unknown as { heed: { ready: Promise<void> } }).heed.ready)
    await page.waitForLoadState('networkidle')
    expect(requests).toEqual([`/${shop.stack.publicKey}/heed.js`])
    expect(await globalsOf()).toEqual([...before, 'heed'])
    expect(await page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([1, 0])
    expect(await page.locator('heed-survey').count()).toBe(0)
    expect(troubles.filter((text) => !text.includes('ERR_FAILED'))).toEqual([])
    await context.close()
  })

  it('does nothing at all when the server is unreachable', async () => {
    const { page, context, troubles } = await newVisitor(shop.browser, screens.desktop)
    await context.route(`${shop.stack.apiUrl}/**`, (route) => route.abort())
    await buy(page, shop.stack.shopUrl)
    await page.goto(`${shop.stack.shopUrl}/en/order/status/`)
    expect(await page.locator('main').isVisible()).toBe(true)
    expect(troubles.filter((text) => !text.includes('ERR_FAILED'))).toEqual([])
    await context.close()
  })

  it('explains why each survey does or does not show here', async () => {
    const { page, context } = await newVisitor(shop.browser, screens.desktop)
    await page.goto(`${shop.stack.shopUrl}/en/`)
    const explained = (await page.evaluate(async () => {
      const heed = (window as unknown as { heed: { ready: Promise<void>; explain(): unknown } }).heed
      await heed.ready
      return heed.explain()
    })) as Explanation[]
    expect(explained.map(({ surveyKey }) => surveyKey).sort()).toEqual(Object.keys(shop.stack.surveys).sort())
    const exit = explained.find(({ surveyKey }) => surveyKey === 'cart-exit')
    expect(exit?.rules.filter(({ pass }) => !pass).map(({ rule }) => rule)).toEqual(['urls'])
    await context.close()
  })

  it('asks nobody the same survey again after an answer, and says so', async () => {
    const { page, context } = await newVisitor(shop.browser, screens.desktop)
    await buy(page, shop.stack.shopUrl)
    await panelOf(page).waitFor()
    await untilStored(page, () => panelOf(page).getByRole('radio').nth(10).click())
    await buy(page, shop.stack.shopUrl)
    const explained = (await page.evaluate(async () => {
      const heed = (window as unknown as { heed: { ready: Promise<void>; explain(key: string): unknown } })
        .heed
      await heed.ready
      return heed.explain('post-purchase-nps')
    })) as Explanation[]
    const failing = explained.flatMap(({ rules }) => rules.filter(({ pass }) => !pass))
    expect(failing.map(({ rule }) => rule)).toEqual(['frequency'])
    await context.close()
  })

  it('reports the display from shown to seen to dismissed', async () => {
    const { page, context } = await newVisitor(shop.browser, screens.desktop)
    await buy(page, shop.stack.shopUrl)
    await heard(page, 'seen')
    await panelOf(page).getByRole('button', { name: 'Close' }).click()
    await heard(page, 'dismissed')
    expect(await page.evaluate(() => window.heard)).toEqual(['eligible', 'shown', 'seen', 'dismissed'])
    expect(await panelOf(page).count()).toBe(0)
    await context.close()
  })
})

describe('Heed before consent', () => {
  const shop = useShop({ scriptAttributes: {} })

  it('asks and stores the answer, without writing to the device or naming the visitor', async () => {
    const { page, context } = await newVisitor(shop.browser, screens.phone)
    await buy(page, shop.stack.shopUrl)
    await panelOf(page).waitFor()
    await untilStored(page, () => panelOf(page).getByRole('radio').nth(7).tap())
    expect(await page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0])
    const { data } = await shop.stack.query<ResponsePage>('/responses?survey=post-purchase-nps')
    expect(data.map(({ answers, visitor }) => ({ answers, visitor }))).toEqual([
      { answers: { nps: 7 }, visitor: null },
    ])
    await context.close()
  })

  it('remembers the visitor once the shop’s consent tool says so, and forgets everything on withdrawal', async () => {
    const { page, context } = await newVisitor(shop.browser, screens.desktop)
    await buy(page, shop.stack.shopUrl)
    await page.evaluate(() => {
      const { gtag } = window as unknown as { gtag: (...call: unknown[]) => void }
      gtag('consent', 'update', { analytics_storage: 'granted' })
    })
    await panelOf(page).waitFor()
    await untilStored(page, () => panelOf(page).getByRole('radio').nth(9).click())
    const kept = () => page.evaluate(() => Object.keys(localStorage))
    expect((await kept()).length).toBeGreaterThan(0)
    await page.evaluate(() =>
      (window as unknown as { heed: (...call: unknown[]) => void }).heed('consent', { storage: 'denied' }),
    )
    expect(await kept()).toEqual([])
    await context.close()
  })
})
