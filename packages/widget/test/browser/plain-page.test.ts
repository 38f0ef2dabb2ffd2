import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ResponsePage } from '@heed/contract'
import { type FreshDatabase, freshDatabase, launchBrowser, type Stack, startStack } from '@heed/test-stack'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'

const stub = 'window.heed=window.heed||function(){(heed.q=heed.q||[]).push(arguments)}'

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

/** A page with this head, on an origin of its own that the demo project lets send, as every port of this machine. */
async function open(head: string): Promise<{ page: Page; lines: string[] }> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(`<!doctype html><html lang="ko"><head>${head}</head><body><h1>Page</h1></body></html>`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
  })
  const page = await (await browser.newContext()).newPage()
  const lines: string[] = []
  page.on('console', (message) => lines.push(message.text()))
  page.on('pageerror', (error) => lines.push(error.message))
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  return { page, lines }
}

describe('a page of one’s own', () => {
  it('is heard from before the script came, with the plain loader, whatever its style sheet says', async () => {
    const { page, lines } = await open(`
      <style>* { all: unset !important }</style>
      <script>${stub};heed('track','purchase',{value:'129.90',currency:'EUR',email:'a@b.example'})</script>
      <script async src="${stack.apiUrl}/heed.js" data-key="${stack.publicKey}"></script>`)
    const panel = page.locator('heed-survey').getByRole('dialog')
    await panel.waitFor()
    const box = await panel.boundingBox()
    expect(box?.width).toBe(400)
    expect(await panel.getByRole('heading').textContent()).toContain('ondo')
    const stored = page.evaluate(
      () => new Promise((resolve) => document.addEventListener('heed:stored', resolve, { once: true })),
    )
    await panel.getByRole('radio').nth(10).click()
    await stored
    const { data } = await stack.query<ResponsePage>('/responses?survey=post-purchase-nps')
    expect(data).toHaveLength(1)
    // `track` is the page's own word: what it names is kept, in numbers where they are numbers.
    expect(data[0]).toMatchObject({ locale: 'ko', answers: { nps: 10 }, visitor: null })
    expect(data[0]?.context.event).toMatchObject({ name: 'purchase', value: 129.9, currency: 'EUR' })
    expect(lines).toEqual([])
  })

  it('may include the script twice', async () => {
    const tag = `<script async src="${stack.apiUrl}/${stack.publicKey}/heed.js"></script>`
    const { page, lines } = await open(tag + tag)
    const shown = await page.evaluate(async () => {
      const { heed } = window as unknown as { heed: { show(key: string): Promise<string> } }
      return heed.show('post-purchase-nps')
    })
    expect(shown).toBe('shown')
    expect(await page.locator('heed-survey').count()).toBe(1)
    expect(lines).toEqual([])
  })

  it('reads one line when its key is wrong, and nothing else happens', async () => {
    const { page, lines } = await open(`<script async src="${stack.apiUrl}/pk_wrong/heed.js"></script>`)
    await page.waitForLoadState('load')
    expect(lines).toEqual([expect.stringContaining('no project has the key')])
  })
})
