import { globSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AnswerValue, DisplayState } from '@heed/contract'
import type { Page } from 'playwright-core'
import type { PanelOptions } from '../../src/panel-interface.ts'

/** What the host of the page was told, in order. */
export interface Told {
  reported: DisplayState[]
  saved: { answers: Record<string, AnswerValue>; completed: boolean }[]
  closed: number
}

const html = `<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width">
<title>A page</title></head><body><main><h1>A page</h1><button>Before</button></main><script type="module">
import { open } from '/panel.js'
import * as more from '/more.js'
const told = { reported: [], saved: [], closed: 0 }
window.told = told
window.show = (options) => {
  window.handle?.close()
  Object.assign(told, { reported: [], saved: [], closed: 0 })
  const host = {
    report: (state) => told.reported.push(state),
    save: async (answers, completed) => (told.saved.push({ answers, completed }), window.outcome ?? 'stored'),
    snooze() {},
    occupy() {},
    closed: () => (told.closed += 1),
  }
  window.handle = open({ host, parts: [more], ...options })
}
window.isReady = true
</script></body></html>`

/** The built parts and a page without anything else, on an origin of their own. */
export async function servePanel(): Promise<{ url: string; close(): void }> {
  const dist = fileURLToPath(new URL('../../dist/', import.meta.url))
  const parts = new Map(
    globSync('*/*/*.js', { cwd: dist }).map((file) => [`/${basename(file)}`, readFileSync(dist + file)]),
  )
  if (!parts.has('/panel.js') || !parts.has('/more.js'))
    throw new Error(`${dist} has no panel: build it first`)
  const server = createServer((request, response) => {
    const part = parts.get(request.url ?? '')
    response.setHeader('content-type', part ? 'text/javascript' : 'text/html; charset=utf-8')
    response.end(part ?? html)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => void server.close(),
  }
}

/** Shows a survey in the page, which has loaded the panel and its extension. */
export async function show(page: Page, options: Omit<PanelOptions, 'host'>): Promise<void> {
  await page.waitForFunction('window.isReady')
  await page.evaluate((given) => (window as unknown as { show(options: unknown): void }).show(given), options)
  await page.locator('heed-survey [role=dialog]').waitFor()
}

export const told = (page: Page): Promise<Told> => page.evaluate('told')
