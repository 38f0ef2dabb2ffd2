import puppeteer from 'puppeteer-core'
import { chromiumArguments, findChrome, installedChrome } from '../launch-browser.ts'
import type { RunningEngine } from './engine.ts'
import { driverOf } from './puppeteer.ts'

/** An installed Chrome, else the Chromium that the other tests run in. */
export async function openChromium(): Promise<RunningEngine> {
  const whole = process.env.HEED_CHROME ?? installedChrome()
  const browser = await puppeteer.launch({
    browser: 'chrome',
    executablePath: whole ?? (await findChrome()),
    args: [...chromiumArguments, '--force-prefers-reduced-motion'],
  })
  return {
    name: 'chromium',
    keepsPages: whole !== undefined,
    version: await browser.version(),
    newDriver: async (options) => driverOf(await browser.createBrowserContext(), options),
    close: () => browser.close(),
  }
}
