import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { ResponsePage, Survey } from '@heed/contract'
import {
  type FreshDatabase,
  freshDatabase,
  launchBrowser,
  type Pages,
  type Stack,
  servePages,
  startStack,
} from '@heed/test-stack'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let database: FreshDatabase
let stack: Stack
let browser: Browser
let site: Pages
let draft: Survey

/** Asks the management API. */
async function call<Reply>(method: string, path: string, body?: unknown): Promise<Reply> {
  const reply = await fetch(`${stack.apiUrl}/v1/projects/${stack.projectId}${path}`, {
    method,
    headers: { authorization: `Bearer ${stack.secretKey}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return (await reply.json()) as Reply
}

beforeAll(async () => {
  database = await freshDatabase()
  stack = await startStack({ databaseUrl: database.url })
  browser = await launchBrowser()
  site = await servePages({
    '/': `<!doctype html><html lang="en"><head><title>Shop</title>
      <script async src="${stack.apiUrl}/${stack.publicKey}/heed.js"></script></head>
      <body><main><h1>Shop</h1></main></body></html>`,
  })
  draft = await call<Survey>('POST', '/surveys', {
    key: 'new-idea',
    name: 'New idea',
    triggers: [{ on: 'event', name: 'purchse' }],
    locales: ['en'],
    sample: 0,
    display: { kind: 'popover' },
    questions: [{ key: 'idea', kind: 'thumbs', text: { en: 'Is this a good idea?' }, required: true }],
  })
})
afterAll(async () => {
  await site.close()
  await browser.close()
  await stack.close()
  await database.drop()
})

async function visit(query: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage()
  await page.goto(`${site.url}/${query}`)
  return page
}
const overlay = (page: Page) => page.getByRole('region', { name: 'Heed debug' })
const dialog = (page: Page) => page.locator('heed-survey').getByRole('dialog')

describe('?heed=debug', () => {
  it('tells for each survey which rules stand against it, and which events were heard', async () => {
    const page = await visit('?heed=debug')
    const exit = overlay(page).getByRole('listitem').filter({ hasText: 'cart-exit' }).first()
    await exit.getByText('cart-exit').click()
    await exit.getByText('Page address').waitFor()
    expect(await exit.textContent()).toMatch(/held back/)
    expect(await exit.textContent()).toContain('*/cart*')
    const nps = overlay(page).getByRole('listitem').filter({ hasText: 'post-purchase-nps' }).first()
    expect(await nps.textContent()).toContain('no page event "purchase" was heard on this page')
  })

  it('follows what happens, shows a survey at a press and has nothing axe-core finds', async () => {
    const page = await visit('?heed=debug')
    const csat = overlay(page).getByRole('listitem').filter({ hasText: 'product-csat' }).first()
    await csat.getByText('product-csat').click()
    await csat.getByRole('button', { name: 'Show it now' }).click()
    await dialog(page).waitFor()
    await overlay(page).getByText('product-csat shown').waitFor()
    await page.evaluate(axe)
    const { violations } = await page.evaluate<AxeResults>(`axe.run('heed-debug')`)
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  })

  it('goes when Heed is destroyed', async () => {
    const page = await visit('?heed=debug')
    await overlay(page).waitFor()
    await page.evaluate(() => (window as unknown as { heed: { destroy(): void } }).heed.destroy())
    await overlay(page).waitFor({ state: 'detached' })
  })
})

describe('a preview link', () => {
  it('shows a draft that nobody has published, and keeps its answers apart as tests', async () => {
    const { token } = await call<{ token: string }>('POST', `/surveys/${draft.id}/preview`, {})
    const page = await visit(`?heed=${token}`)
    await overlay(page).getByText('Preview of a draft').waitFor()
    await dialog(page).getByRole('heading', { name: 'Is this a good idea?' }).waitFor()
    const stored = page.evaluate(
      () => new Promise((resolve) => document.addEventListener('heed:stored', resolve, { once: true })),
    )
    await dialog(page).getByRole('radio').first().click()
    await stored
    const { data: tests } = await stack.query<ResponsePage>(`/responses?survey=new-idea&test=true`)
    expect(tests).toMatchObject([{ version: 0, test: true, answers: { idea: 'up' } }])
    const { data } = await stack.query<ResponsePage>('/responses?survey=new-idea')
    expect(data).toEqual([])
  })

  it('that was tampered with says so, and what is answered meanwhile is a test', async () => {
    const { token } = await call<{ token: string }>('POST', `/surveys/${draft.id}/preview`, {})
    const page = await visit(`?heed=${token.slice(0, -2)}xx`)
    await overlay(page).getByText('not a link that this server signed').waitFor()
    await overlay(page).getByText('cart-exit').first().waitFor()
  })
})
