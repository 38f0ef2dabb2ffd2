/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { BrowserContext, ElementHandle, KeyInput, Page } from 'puppeteer-core'
import type { Driver } from './engine.ts'
import { findInSurvey, type InSurvey } from './find-in-survey.ts'

/** One page in a context of its own, over the DevTools protocol or WebDriver BiDi. */
export async function driverOf(
  context: BrowserContext,
  { width, height }: { width: number; height: number },
): Promise<Driver> {
  const page: Page = await context.newPage()
  await page.setViewport({ width, height })
  const find = async (what: InSurvey) =>
    (await page.evaluateHandle(findInSurvey, what)).asElement() as ElementHandle<Element> | null
  return {
    async goto(url) {
      await page.goto(url, { waitUntil: 'load' })
    },
    evaluate: (run, ...args) => page.evaluate(run as never, ...args) as never,
    async click(what) {
      const element = await find(what)
      await element?.click()
      return element !== null
    },
    async read(what) {
      const element = await find(what)
      return element?.evaluate((found) => (found as HTMLInputElement).value || found.textContent) ?? null
    },
    async press(keys) {
      const names = keys.split('+') as KeyInput[]
      for (const name of names) await page.keyboard.down(name)
      for (const name of names.reverse()) await page.keyboard.up(name)
    },
    type: (text) => page.keyboard.type(text),
    point: (x, y) => page.mouse.move(x, y),
    screenshot: async () => Buffer.from(await page.screenshot()),
    close: () => context.close(),
  }
}
