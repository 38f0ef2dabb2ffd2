import type { ResponsePage } from '@heed/contract'
import { type FreshDatabase, freshDatabase, launchBrowser, type Stack, startStack } from '@heed/test-stack'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { servePage } from './serve-page.ts'

let database: FreshDatabase
let stack: Stack
let browser: Browser

beforeAll(async () => {
  database = await freshDatabase()
  ;[stack, browser] = await Promise.all([startStack({ databaseUrl: database.url }), launchBrowser()])
})
afterAll(async () => {
  await browser.close()
  await stack.close()
  await database.drop()
})

/** A visitor opens a page with this script of its platform's before ours; `parts` are those it fetched. */
async function open(platform: string, path = ''): Promise<{ page: Page; parts: string[]; errors: string[] }> {
  const context = await browser.newContext()
  onTestFinished(() => context.close())
  const page = await context.newPage()
  const parts: string[] = []
  const errors: string[] = []
  page.on('request', (request) => {
    const name = /\/heed\/.*\/([a-z-]+)\.js/.exec(request.url())?.[1]
    if (name) parts.push(name)
  })
  page.on('pageerror', (error) => errors.push(error.message))
  const tag = `<script async src="${stack.apiUrl}/${stack.publicKey}/heed.js"></script>`
  await page.goto((await servePage(`<script>${platform}</script>${tag}`)) + path)
  return { page, parts, errors }
}

/** PrestaShop's global on the page after an order: an emitter, and what the server knows of the page. */
const prestashop = `
  window.prestashop = {
    page: { page_name: 'order-confirmation' },
    currency: { iso_code: 'EUR' },
    on() {},
    removeListener() {},
  }`

describe('on a shop platform', () => {
  it('its own words open the survey, and travel with the answer', async () => {
    const { page, parts, errors } = await open(prestashop, 'order-confirmation?id_order=12&key=secret')
    const panel = page.locator('heed-survey').getByRole('dialog')
    await panel.waitFor()
    const stored = page.evaluate(
      () =>
        new Promise((resolve) =>
          document.addEventListener('heed:stored', () => resolve(true), { once: true }),
        ),
    )
    await panel.getByRole('radio').nth(10).click()
    await stored
    const { data } = await stack.query<ResponsePage>('/responses?survey=post-purchase-nps')
    expect(data[0]?.context.event).toEqual({ name: 'purchase', transactionId: '12' })
    expect(parts.filter((name) => name.startsWith('adapter'))).toEqual(['adapters', 'adapter-prestashop'])
    expect(errors).toEqual([])
  })

  it('a page of none fetches none of it', async () => {
    const { page, parts } = await open('')
    await page.waitForFunction(() => (window as never as { heed?: { ready?: Promise<void> } }).heed?.ready)
    await page.evaluate(async () => {
      const { heed } = window as never as { heed: { show(key: string): Promise<string> } }
      await heed.show('post-purchase-nps')
    })
    await page.locator('heed-survey').getByRole('dialog').waitFor()
    expect(parts).toContain('panel')
    expect(parts.filter((name) => /^(adapter|consent)/.test(name))).toEqual([])
  })
})
