/**
 * Pictures of what visitors see, for looking at: every surface in twelve languages on a phone and a desktop, light and
 * dark, into `.artifacts/shots`, with all languages of one surface side by side in `sheet-*.png`; `--readme` makes the
 * picture in the README instead.
 *
 *   npm run shots [-- --readme | -- <surface>]
 */
import { mkdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { createProject } from '@heed/db'
import { seedDemo } from '@heed/example-storefront/seed'
import { startStorefront } from '@heed/example-storefront/server'
import { launchBrowser, startStack } from '@heed/test-stack'
import { visitorLocales } from '@heed/widget/locales'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { surfaces } from './lib/surfaces.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = `${root}.artifacts/shots`
const screens = {
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 1.5, hasTouch: true, isMobile: true },
  desktop: { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1 },
}
type Screen = keyof typeof screens
/** The shop's own languages; a visitor who speaks another one meets its English pages. */
const shopLanguages: Record<string, string> = { en: 'en', ko: 'ko', ja: 'ja', 'zh-Hans': 'zh', ar: 'ar' }

/** Makes the visitor somebody with an order behind them and things in the cart. */
async function settle(context: BrowserContext, shopUrl: string, language: string): Promise<void> {
  const cart = { name: 'cart', value: 'moon-cup.2', url: shopUrl }
  await context.addCookies([cart])
  await context.request.post(`${shopUrl}/${language}/checkout/payment/`, { form: { payment: 'card' } })
  await context.addCookies([cart])
}

/** Opens a survey by code on the page it belongs to, and waits until it stands still. */
async function open(page: Page, url: string, survey: string, locale?: string): Promise<void> {
  await page.goto(url, { waitUntil: 'load' })
  await page.evaluate(
    async ([key, lang]) => {
      if (lang) document.documentElement.lang = lang
      const { heed } = globalThis as unknown as { heed: (...call: unknown[]) => Promise<unknown> }
      await heed('show', key, { force: true })
    },
    [survey, locale] as const,
  )
  await page.locator('heed-survey').first().waitFor({ state: 'attached' })
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
}

/** All languages of one surface on one screen, side by side. */
async function shootSurface(
  browser: Browser,
  shopUrl: string,
  apiUrl: string,
  publicKey: string,
  survey: (typeof surfaces)[number],
  screen: Screen,
  scheme: 'light' | 'dark',
): Promise<void> {
  const name = `${survey.key}-${screen}-${scheme}`
  const pictures: string[] = []
  for (const locale of visitorLocales) {
    const language = shopLanguages[locale] ?? 'en'
    const context = await browser.newContext({
      ...screens[screen],
      colorScheme: scheme,
      reducedMotion: 'reduce',
    })
    await settle(context, shopUrl, language)
    const page = await context.newPage()
    if (survey.display.kind === 'page') {
      await page.goto(`${apiUrl}/${publicKey}/s/${survey.key}?lang=${locale}`, { waitUntil: 'load' })
      await page.getByRole('heading').first().waitFor()
    } else await open(page, `${shopUrl}/${language}/product/moon-cup/`, survey.key, locale)
    if (survey.display.kind === 'button')
      await page.locator('heed-survey').getByRole('button').first().click()
    if (survey.display.kind === 'inline') await page.locator('heed-survey').scrollIntoViewIfNeeded()
    const path = `${folder}/${name}-${locale}.png`
    await page.screenshot({ path })
    pictures.push(path)
    await context.close()
  }
  await sheet(browser, pictures, `${folder}/sheet-${name}.png`, screen)
  console.log(`sheet-${name}.png`)
}

/** Many pictures on one. */
async function sheet(browser: Browser, pictures: string[], path: string, screen: Screen): Promise<void> {
  const [columns, width] = screen === 'phone' ? [6, 300] : [3, 620]
  const page = await browser.newPage({ viewport: { width: columns * (width + 8) + 8, height: 400 } })
  const images = await Promise.all(
    pictures.map(async (picture) => `<img src="data:image/png;base64,${await readFile(picture, 'base64')}">`),
  )
  await page.setContent(
    `<style>body{margin:8px;background:#888;display:flex;flex-wrap:wrap;gap:8px}img{width:${width}px}</style>${images.join('')}`,
  )
  await page.screenshot({ path, fullPage: true })
  await page.close()
}

/** The picture in the README: the question on a desktop's order page, a phone's beside it. */
async function shootForReadme(browser: Browser, shopUrl: string): Promise<void> {
  const images: string[] = []
  for (const [screen, language] of [
    ['desktop', 'en'],
    ['phone', 'ko'],
  ] as const) {
    const context = await browser.newContext({
      ...screens[screen],
      deviceScaleFactor: 1.5,
      reducedMotion: 'reduce',
    })
    await settle(context, shopUrl, language)
    const page = await context.newPage()
    const [survey, path] =
      screen === 'desktop' ? ['post-purchase-nps', 'order/placed/'] : ['product-csat', 'product/moon-cup/']
    await open(page, `${shopUrl}/${language}/${path}`, survey)
    images.push(`data:image/png;base64,${(await page.screenshot()).toString('base64')}`)
    await context.close()
  }
  const [desktop = '', phone = ''] = images
  const page = await browser.newPage({ viewport: { width: 1280, height: 680 } })
  await page.setContent(`<style>
    body { margin: 0; height: 680px; background: #efe8dc; display: grid; place-items: center }
    div { position: relative; width: 1200px; height: 600px }
    img { position: absolute; border-radius: 14px; box-shadow: 0 18px 50px #2a1c1033 }
    img:first-child { width: 960px; right: 0; top: 0 }
    img:last-child { width: 256px; left: 0; bottom: 0; border-radius: 26px; border: 6px solid #1c1916 }
  </style><div><img src="${desktop}"><img src="${phone}"></div>`)
  await page.screenshot({ path: `${root}.github/heed.png` })
  await page.close()
}

await mkdir(folder, { recursive: true })
const stack = await startStack()
const browser = await launchBrowser()
const { project, secretKey } = await createProject(stack.db, { name: 'Surfaces' })
const script = { src: `${stack.apiUrl}/${project.publicKey}/heed.js` }
const shop = await startStorefront({ port: 0, host: '127.0.0.1', script })
try {
  const [wanted] = process.argv.slice(2)
  if (wanted === '--readme') {
    await mkdir(`${root}.github`, { recursive: true })
    await shootForReadme(browser, stack.shopUrl)
    console.log('.github/heed.png')
  } else {
    const chosen = surfaces.filter(({ key }) => !wanted || key === wanted)
    if (chosen.length === 0) throw new Error(`one of ${surfaces.map(({ key }) => key).join(', ')}`)
    await seedDemo({ apiUrl: stack.apiUrl, projectId: project.id, secretKey }, surfaces)
    for (const survey of chosen)
      for (const scheme of ['light', 'dark'] as const)
        for (const screen of ['phone', 'desktop'] as const)
          await shootSurface(browser, shop.url, stack.apiUrl, project.publicKey, survey, screen, scheme)
    console.log(`pictures in ${folder}`)
  }
} finally {
  await shop.close()
  await browser.close()
  await stack.close()
}
