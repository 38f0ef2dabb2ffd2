import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const installed = [
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** `HEED_CHROME`, else the Chromium that comes from npm (Linux on x64), else an installed Chrome. */
async function findChrome(): Promise<string> {
  if (process.env.HEED_CHROME) return process.env.HEED_CHROME
  if (process.platform === 'linux' && process.arch === 'x64') {
    const { default: carried } = await import('@sparticuz/chromium')
    return carried.executablePath()
  }
  const found = installed.find((path) => existsSync(path))
  if (!found) throw new Error('No Chrome found: install Chrome, or name one in HEED_CHROME')
  return found
}

/** A headless Chromium that talks to nobody but the pages under test. Close it when done. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await findChrome(),
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}
