import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { brotliCompressSync } from 'node:zlib'
import type { ResponsePage, Survey, SurveyDefinition } from '@heed/contract'
import {
  type FreshDatabase,
  freshDatabase,
  launchBrowser,
  type Pages,
  type Stack,
  servePages,
  startStack,
} from '@heed/test-stack'
import { loadWidgetAssets } from '@heed/widget/assets'
import type { AxeResults } from 'axe-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { maxBytes, maxWidth } from '../../src/screenshot/limits.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Answers the browser's own question "share this tab?" with yes. */
const agrees = '--use-fake-ui-for-media-stream'

let database: FreshDatabase
let stack: Stack
let site: Pages
let browser: Browser

const survey = {
  name: 'What went wrong',
  triggers: [{ on: 'manual' }],
  locales: ['en', 'ko', 'ar'],
  frequency: 'always',
  questions: [
    {
      key: 'what',
      kind: 'text',
      text: { en: 'What went wrong?', ko: '무엇이 문제였나요?', ar: 'ما الذي حدث؟' },
      screenshot: true,
    },
  ],
} satisfies Partial<SurveyDefinition>

async function publish(key: string, display: SurveyDefinition['display']): Promise<void> {
  const call = async (path: string, body?: unknown) => {
    const reply = await fetch(`${stack.apiUrl}/v1/projects/${stack.projectId}/surveys${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${stack.secretKey}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    if (!reply.ok) throw new Error(`${path}: ${await reply.text()}`)
    return (await reply.json()) as Survey
  }
  const { id } = await call('', { ...survey, key, display })
  await call(`/${id}/publish`)
}

beforeAll(async () => {
  database = await freshDatabase()
  stack = await startStack({ databaseUrl: database.url })
  browser = await launchBrowser(agrees)
  await publish('broken', { kind: 'popover' })
  await publish('broken-modal', { kind: 'modal' })
  // A policy as strict as the widget bears: no inline styles, no images of its own, no markup from text.
  const policy = `default-src 'none'; style-src 'nonce-page'; script-src ${stack.apiUrl}; connect-src ${stack.apiUrl}; require-trusted-types-for 'script'; trusted-types 'none'`
  const pageIn = (lang: string) => `<!doctype html><html lang="${lang}"><head><meta charset="utf-8">
    <meta http-equiv="content-security-policy" content="${policy}"><title>A shop</title>
    <style nonce="page">body{margin:0;font:16px/1.5 sans-serif;background:#fff;color:#222}
    header{padding:24px;background:#dfe8e4}main{padding:24px}section{margin:24px 0;padding:24px;border:1px solid #ccc}
    input{display:block;width:320px;height:44px;margin:8px 0;font-size:28px}.far{height:1500px}</style>
    <script async src="${stack.apiUrl}/${stack.publicKey}/heed.js" data-consent="granted"></script></head>
    <body><header><h1>A shop</h1></header><main><section id="price">The price is <b id="wrong">NaN €</b></section>
    <label>Name <input id="name" value="MMMMMMMM"></label>
    <label>Card <input id="card" autocomplete="billing cc-number" value="MMMMMMMM"></label>
    <p id="open">MMMMMMMM</p><p data-heed-mask id="own">MMMMMMMM</p><button id="buy">Buy</button></main>
    <div class="far"></div></body></html>`
  const dropping = `<!doctype html><html lang="en"><title>A shop</title><script>
    window.heed = window.heed || function () { (heed.q = heed.q || []).push(arguments) }
    heed('init', { key: '${stack.publicKey}', host: '${stack.apiUrl}', consent: 'granted', beforeSend: () => null })
    </script><script async src="${stack.apiUrl}/heed.js"></script>`
  site = await servePages({
    '/dropping': dropping,
    '/': pageIn('en'),
    '/ko': pageIn('ko'),
    '/ar': pageIn('ar'),
  })
})
afterAll(async () => {
  await site.close()
  await browser.close()
  await stack.close()
  await database.drop()
})

interface Visit {
  page: Page
  /** What the page's policy forbade, and what nobody caught. */
  faults: string[]
  pictures: string[]
}

async function visit(path = '/', options: BrowserContextOptions = {}, by: Browser = browser): Promise<Visit> {
  const context = await by.newContext({ reducedMotion: 'reduce', ...options })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  const faults: string[] = []
  const pictures: string[] = []
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('console', (line) => line.type() === 'error' && faults.push(line.text()))
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().includes('/v1/screenshots/'))
      pictures.push(request.url())
  })
  await page.goto(site.url + path)
  return { page, faults, pictures }
}

const open = async (page: Page, key = 'broken') => {
  await page.waitForFunction('window.heed?.show')
  await page.evaluate((survey) => {
    void (window as unknown as { heed: { show(key: string, how: object): void } }).heed.show(survey, {
      force: true,
    })
  }, key)
  await card(page).waitFor()
}
const card = (page: Page) => page.locator('heed-survey .card')
const tools = (page: Page) => page.locator('heed-survey .tools')
const button = (page: Page, name: string) => page.locator('heed-survey').getByRole('button', { name })
const preview = (page: Page) => page.locator('heed-survey').getByRole('img', { name: 'Your screenshot' })

/** Presses the button that gives the answers, waits until the server has them, and returns the response's id. */
async function give(page: Page, name: string): Promise<string> {
  const stored = page.evaluate(
    () =>
      new Promise<string>((resolve) =>
        document.addEventListener('heed:stored', (event) => resolve((event as CustomEvent).detail.id), {
          once: true,
        }),
      ),
  )
  await button(page, name).click()
  return stored
}

async function send(page: Page, words: string): Promise<string> {
  await page.locator('heed-survey textarea').fill(words)
  return give(page, 'Send')
}

/** The picture as the shop gets it. */
async function read(id: string): Promise<{ type: string | null; body: Buffer; status: number }> {
  const reply = await fetch(`${stack.apiUrl}/v1/projects/${stack.projectId}/responses/${id}/screenshot`, {
    headers: { authorization: `Bearer ${stack.secretKey}` },
  })
  return {
    status: reply.status,
    type: reply.headers.get('content-type'),
    body: Buffer.from(await reply.arrayBuffer()),
  }
}

/** How many different colours each of these places of the page has in a picture of it, and the picture's size. */
async function colours(type: string, body: Buffer, boxes: Record<string, object>) {
  const page = await browser.newPage()
  onTestFinished(() => page.close())
  return page.evaluate(
    async ({ url, boxes }) => {
      const bitmap = await createImageBitmap(await (await fetch(url)).blob())
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')
      if (!context) throw new Error('no canvas')
      // The first rows of the page, where the mark was, are not in it.
      context.canvas.height = 720
      context.drawImage(bitmap, 0, 720 - bitmap.height)
      /** The darkest of a place: black text on white has some. */
      const darkest: Record<string, number> = {}
      for (const [name, { x, y, width, height }] of Object.entries(boxes) as [string, DOMRect][]) {
        const { data } = context.getImageData(x + 4, y + 4, width - 8, height - 8)
        darkest[name] = Math.min(...data.filter((_, index) => index % 4 === 0))
      }
      return { width: bitmap.width, height: bitmap.height, darkest }
    },
    { url: `data:${type};base64,${body.toString('base64')}`, boxes },
  )
}
const boxesOf = async (page: Page, ...ids: string[]) =>
  Object.fromEntries(
    await Promise.all(
      ids.map(async (id) => [id, (await page.locator(`#${id}`).boundingBox()) ?? {}] as const),
    ),
  )

/** What axe-core finds in our part of the page. */
async function findings(page: Page): Promise<string[]> {
  const { violations } = await page.evaluate<AxeResults>(`axe.run('heed-survey')`)
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}

describe('a picture of the page', () => {
  it('is pointed at, taken and sent, without what was typed into the page', async () => {
    const { page, faults, pictures } = await visit()
    await open(page)
    const boxes = await boxesOf(page, 'name', 'card', 'open', 'own')
    await button(page, 'Add a screenshot').click()
    await tools(page).waitFor()
    expect(await card(page).isVisible()).toBe(false)
    await page.locator('#wrong').hover({ force: true })
    const { x = 0, y = 0, width = 0, height = 0 } = (await page.locator('#wrong').boundingBox()) ?? {}
    await page.mouse.click(x + width / 2, y + height / 2)
    await button(page, 'Take screenshot').click()
    await preview(page).waitFor()
    expect(await button(page, 'Take another').evaluate((one) => one.matches(':focus'))).toBe(true)
    expect(pictures).toEqual([])

    const arrived = page.waitForResponse((reply) => reply.url().includes('/v1/screenshots/'))
    const id = await send(page, 'The price is broken')
    expect((await arrived).status()).toBe(200)
    const { data } = await stack.query<ResponsePage>('/responses?survey=broken')
    expect(data.find((one) => one.id === id)).toMatchObject({
      answers: { what: 'The price is broken' },
      screenshot: true,
    })

    const { type, body } = await read(id)
    expect(type).toBe('image/webp')
    expect(body.length).toBeLessThan(maxBytes)
    const found = await colours(type ?? '', body, { ...boxes, wrong: { x, y, width, height } })
    expect(found.width).toBe(1280)
    expect(found.height).toBeGreaterThan(700)
    // Text that may be read is dark; where it was covered nothing is.
    expect(found.darkest.open).toBeLessThan(60)
    for (const covered of ['name', 'card', 'own']) expect(found.darkest[covered]).toBeGreaterThan(90)
    expect(faults).toEqual([])
  })

  it('shows what was typed where the visitor wants it, but never secrets', async () => {
    const { page } = await visit()
    await open(page)
    const boxes = await boxesOf(page, 'name', 'card', 'own')
    await button(page, 'Add a screenshot').click()
    await tools(page).getByRole('checkbox', { name: 'Blur what is typed into fields' }).uncheck()
    await button(page, 'Take screenshot').click()
    await preview(page).waitFor()
    const arrived = page.waitForResponse((reply) => reply.url().includes('/v1/screenshots/'))
    const id = await send(page, 'My name')
    await arrived
    const { type, body } = await read(id)
    const { darkest } = await colours(type ?? '', body, boxes)
    expect(darkest.name).toBeLessThan(60)
    for (const covered of ['card', 'own']) expect(darkest[covered]).toBeGreaterThan(90)
  })

  it('is taken with nothing but keys, and called off with Escape', async () => {
    const { page } = await visit()
    await open(page)
    await button(page, 'Add a screenshot').focus()
    await page.keyboard.press('Enter')
    await tools(page).waitFor()
    await page.keyboard.press('Escape')
    await tools(page).waitFor({ state: 'detached' })
    expect(await button(page, 'Add a screenshot').evaluate((one) => one.matches(':focus'))).toBe(true)
    expect(await card(page).isVisible()).toBe(true)
    await page.keyboard.press('Enter')
    await tools(page).waitFor()
    await page.keyboard.press('ArrowDown')
    expect(await tools(page).getByRole('status').textContent()).toBe('A shop')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowUp')
    expect(await tools(page).getByRole('status').textContent()).toBe('Buy')
    for (const name of ['Blur what is typed into fields', 'Cancel', 'Take screenshot']) {
      await page.keyboard.press('Tab')
      expect(
        await tools(page)
          .locator(':focus')
          .evaluate((one) => one.textContent || one.parentElement?.textContent),
      ).toContain(name)
    }
    await page.keyboard.press('Enter')
    await preview(page).waitFor()
  })

  it.each([
    ['/', 'light'],
    ['/', 'dark'],
    ['/ko', 'light'],
    ['/ar', 'dark'],
  ] as const)('has nothing axe-core finds, on %s in a %s card', async (path, colorScheme) => {
    const { page } = await visit(path, { colorScheme })
    await page.evaluate(axe)
    await open(page)
    expect(await findings(page)).toEqual([])
    await page.locator('heed-survey .shot button').click()
    await tools(page).waitFor()
    expect(await findings(page)).toEqual([])
    await tools(page).locator('.main').click()
    await page.locator('heed-survey canvas').waitFor()
    expect(await findings(page)).toEqual([])
  })

  it('is not sent when the visitor has removed it', async () => {
    const { page, pictures } = await visit()
    await open(page)
    await button(page, 'Add a screenshot').click()
    await button(page, 'Take screenshot').click()
    await preview(page).waitFor()
    await button(page, 'Remove').click()
    await preview(page).waitFor({ state: 'detached' })
    expect(await button(page, 'Add a screenshot').evaluate((one) => one.matches(':focus'))).toBe(true)
    const id = await send(page, 'Without')
    await button(page, 'Close').click()
    const { data } = await stack.query<ResponsePage>('/responses?survey=broken')
    expect(data.find((one) => one.id === id)).toMatchObject({ completed: true })
    expect(data.find((one) => one.id === id)?.screenshot).toBeUndefined()
    expect(pictures).toEqual([])
  })

  it.each([
    ['goes without words', 'Send', 1],
    ['is not sent by whoever skips its question', 'Skip', 0],
  ] as const)('%s', async (_, way, count) => {
    const { page, pictures } = await visit()
    await open(page)
    await button(page, 'Add a screenshot').click()
    await button(page, 'Take screenshot').click()
    await preview(page).waitFor()
    const id = await give(page, way)
    const { data } = await stack.query<ResponsePage>('/responses?survey=broken')
    expect(data.find((one) => one.id === id)).toMatchObject({ answers: {}, completed: true })
    expect(pictures).toHaveLength(count)
  })

  it('can be taken from a survey that dims the page', async () => {
    const { page } = await visit()
    await open(page, 'broken-modal')
    await button(page, 'Add a screenshot').click()
    await tools(page).waitFor()
    const { x = 0, y = 0 } = (await page.locator('#buy').boundingBox()) ?? {}
    await page.mouse.click(x + 5, y + 5)
    expect(await tools(page).getByRole('status').textContent()).toBe('Buy')
    await button(page, 'Take screenshot').click()
    await preview(page).waitFor()
    expect(await page.locator('heed-survey dialog').evaluate((one) => one.matches(':modal'))).toBe(true)
  })

  it('is larger than it may be sent on a large screen, and becomes smaller', async () => {
    const { page } = await visit('/', { viewport: { width: 2200, height: 1300 } })
    await open(page)
    await button(page, 'Add a screenshot').click()
    await button(page, 'Take screenshot').click()
    await preview(page).waitFor()
    const size = await preview(page)
      .locator('canvas')
      .evaluate((one) => [(one as HTMLCanvasElement).width, (one as HTMLCanvasElement).height])
    expect(size[0]).toBe(maxWidth)
    expect((size[1] ?? 0) / maxWidth).toBeCloseTo(1300 / 2200, 1)
  })

  it('that the browser does not give is told of, and the answer goes without it', async () => {
    // Nobody answers the browser's question here, so it takes no for an answer.
    const strict = await launchBrowser()
    onTestFinished(() => strict.close())
    const { page, pictures } = await visit('/', {}, strict)
    await open(page)
    await button(page, 'Add a screenshot').click()
    await button(page, 'Take screenshot').click()
    await page.getByText('The screenshot could not be taken. Your answer can be sent without it.').waitFor()
    const id = await send(page, 'No picture')
    const { data } = await stack.query<ResponsePage>('/responses?survey=broken')
    expect(data.find((one) => one.id === id)).toMatchObject({ completed: true })
    expect(data.find((one) => one.id === id)?.screenshot).toBeUndefined()
    expect(pictures).toEqual([])
  })

  it('of another tab than the survey’s is thrown away', async () => {
    const { page } = await visit()
    // As if the visitor had chosen a tab that does not carry our mark.
    await page.evaluate(() => {
      Object.defineProperty(navigator.mediaDevices, 'setCaptureHandleConfig', { value: () => {} })
    })
    await open(page)
    await button(page, 'Add a screenshot').click()
    await button(page, 'Take screenshot').click()
    await page.getByText('The screenshot could not be taken.').waitFor()
    expect(await button(page, 'Add a screenshot').evaluate((one) => one.matches(':focus'))).toBe(true)
  })

  it('goes once more when the connection fails, and only after its answers', async () => {
    const { page, pictures } = await visit()
    let tries = 0
    await page.route('**/v1/screenshots/**', (route) => (tries++ ? route.continue() : route.abort()))
    await open(page)
    await button(page, 'Add a screenshot').click()
    await button(page, 'Take screenshot').click()
    await preview(page).waitFor()
    const arrived = page.waitForResponse((reply) => reply.url().includes('/v1/screenshots/'))
    const id = await send(page, 'Offline')
    expect(await (await arrived).json()).toEqual({ status: 'stored' })
    expect(pictures).toHaveLength(2)
    expect((await read(id)).status).toBe(200)
  })

  it('goes nowhere when the page drops the answer it belongs to', async () => {
    const { page, pictures } = await visit('/dropping')
    await open(page)
    await button(page, 'Add a screenshot').click()
    await button(page, 'Take screenshot').click()
    await preview(page).waitFor()
    await page.locator('heed-survey textarea').fill('Dropped')
    await button(page, 'Send').click()
    await page.getByText('Thank you').waitFor()
    expect(pictures).toEqual([])
  })

  it('is not offered where the browser cannot take one', async () => {
    const { page } = await visit()
    await page.evaluate(() => {
      Reflect.deleteProperty(MediaDevices.prototype, 'getDisplayMedia')
    })
    await open(page)
    await page.locator('heed-survey textarea').waitFor()
    expect(await button(page, 'Add a screenshot').count()).toBe(0)
  })

  it('costs whoever takes none nothing, and others at most 4 kB', async () => {
    const { page } = await visit()
    await open(page)
    const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name))
    expect(loaded.filter((name) => name.endsWith('/screenshot.js'))).toEqual([])
    const { files } = await loadWidgetAssets()
    const [, part] = [...files].find(([path]) => path.endsWith('/screenshot.js')) ?? []
    expect(brotliCompressSync(part?.body ?? '').length).toBeLessThanOrEqual(4_000)
  })
})
