import { type FreshDatabase, freshDatabase, launchBrowser, type Stack, startStack } from '@heed/test-stack'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { servePage } from './serve-page.ts'

let database: FreshDatabase
let stack: Stack
let browser: Browser

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

const script = (attributes = '') =>
  `<script async src="${stack.apiUrl}/${stack.publicKey}/heed.js" ${attributes}></script>`

type Heed = { ready: Promise<void>; show(key: string, options: object): Promise<string>; close(): void }

async function openTab(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(url)
  await page.waitForFunction(() => 'ready' in ((window as { heed?: object }).heed ?? {}))
  await page.evaluate(() => (window as unknown as { heed: Heed }).heed.ready)
  return page
}
const show = (page: Page) =>
  page.evaluate(() => (window as unknown as { heed: Heed }).heed.show('post-purchase-nps', { force: true }))

describe('several tabs of a shop', () => {
  it('show one survey among them, though none of them may remember anything', async () => {
    const context = await browser.newContext()
    const url = await servePage(script())
    const [one, two] = [await openTab(context, url), await openTab(context, url)]
    const results = await Promise.all([show(one), show(two)])
    expect(results.sort()).toEqual(['failed', 'shown'])
    for (const page of [one, two])
      await page.evaluate(() => (window as unknown as { heed: Heed }).heed.close())
    expect(await show(two)).toBe('shown')
    await context.close()
  })

  it('hold nothing any more when one that shows a survey is left', async () => {
    const context = await browser.newContext()
    const url = await servePage(script())
    const page = await openTab(context, url)
    expect(await show(page)).toBe('shown')
    const held = () => page.evaluate(async () => (await navigator.locks.query()).held?.length)
    expect(await held()).toBe(1)
    const reported = page.waitForRequest((request) => request.url().includes('/v1/ingest/'))
    await page.evaluate(() => window.dispatchEvent(new Event('pagehide')))
    await reported
    expect(await held()).toBe(0)
    await context.close()
  })
})

describe('a page that begins by itself', () => {
  it('fetches nothing after the script, keeps nothing and hears nothing, until it says so', async () => {
    const context = await browser.newContext()
    const page = await context.newPage()
    const asked: string[] = []
    page.on('request', (request) => request.url().startsWith(stack.apiUrl) && asked.push(request.url()))
    const url = await servePage(script('data-manual'))
    await page.goto(url)
    await page.waitForFunction(() => 'ready' in ((window as { heed?: object }).heed ?? {}))
    await page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          ;(window as unknown as { heed(...call: string[]): void }).heed('track', 'purchase')
          requestIdleCallback(() => requestIdleCallback(() => resolve()))
        }),
    )
    expect(asked).toEqual([`${stack.apiUrl}/${stack.publicKey}/heed.js`])
    expect(await page.evaluate(() => [localStorage.length, 'dataLayer' in window])).toEqual([0, false])
    await page.evaluate(() => (window as unknown as { heed(...call: string[]): void }).heed('init'))
    await page.locator('heed-survey').getByRole('dialog').waitFor()
    await context.close()
  })
})
