import { existsSync } from 'node:fs'
import puppeteer from 'puppeteer-core'
import type { RunningEngine } from './engine.ts'
import { driverOf } from './puppeteer.ts'

const installed = [
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
]

const findFirefox = (): string | undefined =>
  process.env.HEED_FIREFOX ?? installed.find((path) => existsSync(path))

export const hasFirefox = (): boolean => findFirefox() !== undefined

/** Firefox over WebDriver BiDi. Playwright's own BiDi asks for commands that the ESR does not have yet. */
export async function openFirefox(): Promise<RunningEngine> {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: findFirefox() ?? 'firefox',
    extraPrefsFirefox: { 'ui.prefersReducedMotion': 1 },
  })
  return {
    name: 'firefox',
    keepsPages: true,
    version: await browser.version(),
    newDriver: async (options) => driverOf(await browser.createBrowserContext(), options),
    close: () => browser.close(),
  }
}
