import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const installed = [
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** A whole Chrome that somebody installed: unlike the one from npm it has a back/forward cache. */
export const installedChrome = (): string | undefined => installed.find((path) => existsSync(path))

/** `HEED_CHROME`, else the Chromium that comes from npm (Linux on x64), else an installed Chrome. */
export async function findChrome(): Promise<string> {
  if (process.env.HEED_CHROME) return process.env.HEED_CHROME
  if (process.platform === 'linux' && process.arch === 'x64') {
    const { default: carried } = await import('@sparticuz/chromium')
    return carried.executablePath()
  }
  const found = installedChrome()
  if (!found) throw new Error('No Chrome found: install Chrome, or name one in HEED_CHROME')
  return found
}

/** Quiet, and able to run in a container. */
export const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A headless Chromium that talks to nobody but the pages under test; `more` are switches of the command line. Close it when done. */
export async function launchBrowser(...more: string[]): Promise<Browser> {
  return chromium.launch({
    executablePath: await findChrome(),
    headless: true,
    args: [...chromiumArguments, ...more],
  })
}
