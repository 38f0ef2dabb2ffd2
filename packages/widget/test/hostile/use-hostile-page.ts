import type { SurveyDefinition } from '@heed/contract'
import {
  addProject,
  changesOf,
  freshDatabase,
  launchBrowser,
  pageGuard,
  type Relay,
  type ServedPage,
  type Stack,
  servePages,
  startRelay,
  startStack,
  type TestProject,
} from '@heed/test-stack'
import type { Browser, BrowserContext, FrameLocator, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest'

declare global {
  interface Window {
    /** Display states that the page heard as DOM events, in order. */
    heard: string[]
    /** What the page's own scripts find broken, if anything. */
    ownChecks(): string[]
    dataLayer: unknown[]
  }
}

/** A page as its owner wrote it. */
export interface HostilePage {
  /** Before anything of Heed, the place for what makes the page hostile. */
  head?: string
  body?: string
  /** The feedback script's tags, when not the usual one. `{src}` is its address. */
  tags?: string
  /** Makes the whole document, given what has to stand in its head, in place of `head`, `body` and `tags`. */
  render?: (head: string) => string
  /** Other documents and scripts of the same site. */
  files?: Record<string, ServedPage>
}

/** What the page saw and what it must not have seen. */
export interface Guest {
  context: BrowserContext
  page: Page
  url: string
  /** Uncaught errors, unhandled rejections and console errors. */
  troubles: string[]
}

export interface Surroundings {
  relay: Relay
  project: TestProject
  browser: Browser
}

const survey: SurveyDefinition = {
  key: 'nps',
  name: 'After the order',
  triggers: [{ on: 'event', name: 'purchase' }],
  locales: ['en'],
  frequency: 'always',
  display: { kind: 'popover', appearance: { mode: 'light' } },
  questions: [
    {
      key: 'nps',
      kind: 'nps',
      metric: 'nps',
      required: true,
      text: { en: 'Would you recommend us?' },
    },
    { key: 'why', kind: 'text', text: { en: 'What went wrong?' } },
  ],
  ending: { text: { en: 'Thank you' } },
}

/** The events of the order, as shops write them. */
const order = `window.dataLayer = window.dataLayer || []
dataLayer.push({ event: 'purchase', ecommerce: {
  transaction_id: 'T1', currency: 'EUR', value: '129.90', items: [{ item_id: 'sku1' }, { item_id: 'sku2' }] } })`

/** Database, API behind a relay, a project with one survey and a browser, for all tests of a file. */
export function useSurroundings(): Surroundings {
  const all = {} as Surroundings
  let close = async () => {}
  beforeAll(async () => {
    const database = await freshDatabase()
    const stack: Stack = await startStack({ databaseUrl: database.url })
    all.relay = await startRelay(stack.apiUrl)
    all.project = await addProject(stack, [survey])
    all.browser = await launchBrowser()
    close = async () => {
      await all.browser.close()
      await all.relay.close()
      await stack.close()
      await database.drop()
    }
  })
  afterAll(() => close())
  return all
}

/** Opens a hostile page on an origin of its own; everything closes with the test. */
export async function openHostilePage(
  { relay, project, browser }: Surroundings,
  {
    head = '',
    body = '',
    tags = '<script async src="{src}" data-consent="granted"></script>',
    render = (whole) => `<!doctype html><html lang="en"><head>${whole}</head>
      <body><h1>Shop</h1><button id="own">Own</button>${body}</body></html>`,
    files = {},
  }: HostilePage,
  /** Time flows as ever, but can be wound on; its own globals change all the while. */
  withClock = false,
): Promise<Guest> {
  const src = `${relay.url}/${project.publicKey}/heed.js`
  const markup = render(`<title>Shop</title><link rel="icon" href="data:,">
    <script>window.ownChecks = () => []</script>${head}<script>${order}</script>
    <script>${await pageGuard()}</script>${tags.replaceAll('{src}', src)}`)
  const site = await servePages((path) => files[path] ?? (path === '/' ? markup : undefined))
  const context = await browser.newContext({ reducedMotion: 'reduce' })
  onTestFinished(async () => {
    await context.close()
    await site.close()
  })
  await context.addInitScript(() => {
    window.heard = []
    for (const name of ['shown', 'answered', 'completed', 'stored', 'dismissed'])
      document.addEventListener(`heed:${name}`, () => window.heard.push(name))
  })
  const troubles: string[] = []
  if (withClock) await context.clock.install()
  // What a test leaves undone must not cost a minute.
  context.setDefaultTimeout(10_000)
  context.on('weberror', (error) => troubles.push(String(error.error())))
  context.on('console', (message) => {
    if (message.type() === 'error') troubles.push(message.text())
  })
  const page = await context.newPage()
  await page.goto(`${site.url}/`)
  return { context, page, url: site.url, troubles }
}

export const panelOf = (page: Page | FrameLocator): Locator => page.locator('heed-survey').getByRole('dialog')

/** Answers both questions; returns when the survey has ended for the visitor. */
export async function answer(page: Page | FrameLocator, words: string): Promise<void> {
  await panelOf(page).getByRole('radio').nth(9).click()
  await panelOf(page).getByRole('textbox').fill(words)
  await panelOf(page).getByRole('button', { name: 'Send' }).click()
  await panelOf(page).getByRole('heading', { name: 'Thank you' }).waitFor()
}

/** The answer that has these words, once the page heard of so many acknowledgements; everything of it must be right. */
export async function expectStored({ project }: Surroundings, words: string): Promise<void> {
  await expect
    .poll(async () => (await project.responses('nps')).filter(({ answers }) => answers.why === words))
    .toEqual([
      expect.objectContaining({
        answers: { nps: 9, why: words },
        completed: true,
        locale: 'en',
        context: expect.objectContaining({
          device: 'desktop',
          event: expect.objectContaining({
            name: 'purchase',
            value: 129.9,
            currency: 'EUR',
            itemIds: ['sku1', 'sku2'],
          }),
        }),
      }),
    ])
}

/** The page is as if nobody had been there, but for one global. `ignored`: globals that its own scripts change. */
export async function expectUntouched({ page, troubles }: Guest, ignored: string[] = []): Promise<void> {
  expect(await page.evaluate(() => window.ownChecks())).toEqual([])
  const { globals, poisoning } = await changesOf(page, [
    'heed',
    'dataLayer',
    'heard',
    'ownChecks',
    ...ignored,
  ])
  expect(globals.filter((name) => !ignored.includes(name))).toEqual(['heed'])
  expect(poisoning).toBe('')
  expect(troubles).toEqual([])
}
