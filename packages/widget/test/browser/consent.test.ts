import { fileURLToPath } from 'node:url'
import type { ResponsePage } from '@heed/contract'
import { type FreshDatabase, freshDatabase, launchBrowser, type Stack, startStack } from '@heed/test-stack'
import { build } from 'esbuild'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { servePage } from './serve-page.ts'

let database: FreshDatabase
let stack: Stack
let browser: Browser
/** IAB's own consent platform behind IAB's own stub, as a page would ship it. */
let tcfPlatform: string

beforeAll(async () => {
  database = await freshDatabase()
  ;[stack, browser, tcfPlatform] = await Promise.all([
    startStack({ databaseUrl: database.url }),
    launchBrowser(),
    script(`
      import stub from '@iabtechlabtcf/stub'
      import { CmpApi } from '@iabtechlabtcf/cmpapi'
      import { GVL, TCModel, TCString } from '@iabtechlabtcf/core'
      stub()
      window.agreeTo = (...purposes) => {
        window.cmp ??= new CmpApi(31, 1, true)
        const model = new TCModel(new GVL({
          gvlSpecificationVersion: 3, vendorListVersion: 1, tcfPolicyVersion: 5, lastUpdated: '2026-01-01T00:00:00Z',
          purposes: {}, specialPurposes: {}, features: {}, specialFeatures: {}, vendors: {}, stacks: {}, dataCategories: {},
        }))
        Object.assign(model, { cmpId: 31, cmpVersion: 1, isServiceSpecific: true })
        model.purposeConsents.set(purposes)
        window.cmp.update(TCString.encode(model))
      }
      window.ask = () => (window.cmp ??= new CmpApi(31, 1, true)).update('', true)`),
  ])
})
afterAll(async () => {
  await browser.close()
  await stack.close()
  await database.drop()
})

/** What a page's build makes of this source, the packed package included. */
async function script(contents: string): Promise<string> {
  const resolveDir = fileURLToPath(new URL('../../', import.meta.url))
  const result = await build({
    stdin: { contents, resolveDir },
    bundle: true,
    write: false,
    format: 'iife',
    logLevel: 'error',
  })
  return result.outputFiles[0]?.text ?? ''
}

interface Visit {
  page: Page
  /** Paths asked of the Heed server, without the loader's own. */
  requests: string[]
  errors: string[]
}

/** A visitor opens a page with this head, on an origin of its own that the demo project lets send. */
async function open(head: string, prepare?: (page: Page) => Promise<unknown>): Promise<Visit> {
  const context = await browser.newContext()
  onTestFinished(() => context.close())
  const page = await context.newPage()
  const visit: Visit = { page, requests: [], errors: [] }
  page.on('request', (request) => {
    const { origin, pathname } = new URL(request.url())
    if (origin === stack.apiUrl && !pathname.endsWith('/heed.js')) visit.requests.push(pathname)
  })
  page.on('pageerror', (error) => visit.errors.push(error.message))
  await prepare?.(page)
  await page.goto(await servePage(head, { '/cmp.js': tcfPlatform }))
  return visit
}

const tag = (attributes = '') =>
  `<script async src="${stack.apiUrl}/${stack.publicKey}/heed.js" ${attributes}></script>`
const withTcf = (attributes?: string) => `<script src="/cmp.js"></script>${tag(attributes)}`

/** Everything that a page can keep on a device, by its kind. */
const kept = async (page: Page) => ({
  ...(await page.evaluate(async () => ({
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    cookie: document.cookie,
    databases: (await indexedDB.databases()).map(({ name }) => name),
    caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }))),
  cookies: await page.context().cookies(),
})
const nothing = { local: [], session: [], cookie: '', databases: [], caches: [], workers: 0, cookies: [] }

/** Does not wait for what the method promises: before `init` that would be for ever. */
const call = (page: Page, method: string, ...args: unknown[]) =>
  page.evaluate(
    ([name, all]) => {
      ;(window as never as { heed(...call: unknown[]): unknown }).heed(name, ...all)
    },
    [method, args] as const,
  )

/** The visitor gives the order a score, and thanks are on the screen. */
async function answer(page: Page, score: number): Promise<void> {
  await call(page, 'show', 'post-purchase-nps', { force: true })
  const panel = page.locator('heed-survey').getByRole('dialog')
  await panel.getByRole('radio').nth(score).click()
  await panel.getByRole('textbox').waitFor()
}

const hearStored = (page: Page) =>
  page.evaluate(
    () =>
      new Promise((resolve) => document.addEventListener('heed:stored', () => resolve(true), { once: true })),
  )

const ready = (page: Page) =>
  page.waitForFunction(() => (window as never as { heed?: { ready?: Promise<void> } }).heed?.ready)

const newest = async () => (await stack.query<ResponsePage>('/responses?survey=post-purchase-nps')).data[0]

describe('under the Transparency and Consent Framework', () => {
  it('an answered survey leaves nothing on the device while the dialog is open, and names nobody', async () => {
    const { page, errors } = await open(withTcf('data-consent="granted"'))
    await ready(page)
    await page.evaluate('ask()')
    const stored = hearStored(page)
    await answer(page, 9)
    await stored
    expect(await kept(page)).toEqual(nothing)
    expect(await newest()).toMatchObject({ answers: { nps: 9 }, visitor: null })
    expect(errors).toEqual([])
  })

  it('a visitor who agrees is remembered, one who takes it back leaves nothing, an unsent answer included', async () => {
    const { page, errors } = await open(withTcf())
    await ready(page)
    await page.evaluate('agreeTo(1)')
    await page.waitForFunction(() => localStorage.length)
    const first = hearStored(page)
    await answer(page, 8)
    await first
    expect((await newest())?.visitor).toEqual(expect.any(String))
    await call(page, 'close')

    await stack.stopApi()
    onTestFinished(() => stack.startApi())
    // The panel and its texts are in the page already.
    await answer(page, 3)
    await page.waitForFunction(() => Object.keys(localStorage).some((key) => key.includes('.r.')))
    expect((await kept(page)).local.length).toBeGreaterThan(1)

    await page.evaluate('agreeTo()')
    await page.waitForFunction(() => !localStorage.length)
    expect(await kept(page)).toEqual(nothing)
    expect(errors).toEqual([])
  })

  it('a visitor who says no on the next page is forgotten there', async () => {
    const { page } = await open(withTcf())
    await ready(page)
    await page.evaluate('agreeTo(1)')
    await page.waitForFunction(() => localStorage.length)
    await page.reload()
    await ready(page)
    await page.evaluate('agreeTo(2, 3)')
    await page.waitForFunction(() => !localStorage.length)
    expect(await kept(page)).toEqual(nothing)
  })
})

describe('before it is activated', () => {
  it('a page that waits to be told asks the server for nothing but the script, and keeps nothing', async () => {
    const { page, requests } = await open(tag('data-manual data-consent="granted"'))
    await page.waitForFunction(() => 'track' in ((window as never as { heed?: object }).heed ?? {}))
    await page.evaluate(
      () => new Promise((resolve) => requestIdleCallback(() => setTimeout(resolve), { timeout: 5_000 })),
    )
    await call(page, 'track', 'purchase')
    expect([requests, await kept(page)]).toEqual([[], nothing])
    await call(page, 'init')
    await page.locator('heed-survey').getByRole('dialog').waitFor()
    await page.waitForFunction(() => localStorage.length)
  })

  it('a page that is only prerendered asks for nothing, and begins when it is looked at', async () => {
    const { page, requests } = await open(tag('data-consent="granted"'), (page) =>
      page.addInitScript(() => {
        let isPrerendering = true
        Object.defineProperty(document, 'prerendering', { get: () => isPrerendering })
        document.addEventListener('activate', () => {
          isPrerendering = false
          document.dispatchEvent(new Event('prerenderingchange'))
        })
      }),
    )
    await page.waitForFunction(() => 'track' in ((window as never as { heed?: object }).heed ?? {}))
    await call(page, 'track', 'purchase')
    await page.evaluate(
      () => new Promise((resolve) => requestIdleCallback(() => setTimeout(resolve), { timeout: 5_000 })),
    )
    expect([requests, await kept(page)]).toEqual([[], nothing])
    await page.evaluate(() => document.dispatchEvent(new Event('activate')))
    await page.locator('heed-survey').getByRole('dialog').waitFor()
  })

  it('an app that imports the package asks for nothing, keeps nothing and has no global', async () => {
    const app = await script(
      `import * as heed from './dist/index.js'; window.app = { init: (options) => heed.init(options) }`,
    )
    const { page, requests, errors } = await open('')
    await page.addScriptTag({ content: app })
    const globals = await page.evaluate(() => 'heed' in window)
    expect([requests, await kept(page), globals, errors]).toEqual([[], nothing, false, []])
    await page.evaluate(
      (options) => (window as never as { app: { init(options: object): void } }).app.init(options),
      { key: stack.publicKey, host: stack.apiUrl, consent: 'granted' },
    )
    await page.waitForFunction(() => localStorage.length)
    expect(requests).toContain(`/v1/config/${stack.publicKey}`)
  })
})

it('a visitor who was never asked leaves nothing on the device, however long the visit', async () => {
  const { page } = await open(tag())
  await ready(page)
  const stored = hearStored(page)
  await answer(page, 10)
  await stored
  await call(page, 'close')
  await page.reload()
  await ready(page)
  expect(await kept(page)).toEqual(nothing)
})
