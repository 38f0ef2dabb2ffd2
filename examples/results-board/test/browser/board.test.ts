import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import type { ResponseRecord } from '@heed/contract'
import { launchBrowser } from '@heed/test-stack'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ResultsBoard, startBoard } from '../../server.ts'
import { answerAsApi, response } from '../fake-api.ts'

let answers: ResponseRecord[] = []
let answered = 0
let isUp = true
const api = createServer(async ({ url = '' }, reply) => {
  reply.writeHead(isUp ? 200 : 503).end(await answerAsApi(url, answered, answers))
})

let browser: Browser
let board: ResultsBoard
beforeAll(async () => {
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve))
  const apiUrl = `http://127.0.0.1:${(api.address() as AddressInfo).port}`
  board = await startBoard({
    apiUrl,
    projectId: 'prj_1',
    secretKey: 'sk',
    shopUrl: 'http://shop.example',
    everyMs: 20,
  })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await board.close()
  api.closeAllConnections()
  await new Promise((resolve) => api.close(resolve))
})

it.each([
  { colorScheme: 'light', viewport: { width: 1366, height: 860 } },
  { colorScheme: 'dark', viewport: { width: 390, height: 844 } },
] as const)('invites, shows an answer as it arrives and outlives an outage ($colorScheme)', async (look) => {
  answers = []
  answered = 0
  isUp = true
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  const page = await browser.newPage({ ...look, reducedMotion: 'reduce' })
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(String(error)))
  page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()))
  const isAccessible = async () => {
    await page.evaluate(axe)
    const found = await page.evaluate(() =>
      (window as unknown as { axe: { run(): Promise<{ violations: { id: string }[] }> } }).axe.run(),
    )
    expect(found.violations.map(({ id }) => id)).toEqual([])
  }

  await page.goto(board.url)
  await page.locator('#nothing').waitFor()
  await page.locator('.card').waitFor()
  expect(await page.locator('#snippet').textContent()).toMatch(
    /^<script async src="http.*\/pk_test\/heed\.js"><\/script>$/,
  )
  await isAccessible()

  const comment = '<img src=x onerror=alert(1)> 크기가 궁금해요'
  answers = [response({ csat: 2, comment })]
  answered = 1
  expect(await page.locator('blockquote').textContent()).toBe(comment)
  expect(await page.locator('blockquote').getAttribute('lang')).toBe('ko')
  await page.locator('.few', { hasText: '1 of 10 answers' }).waitFor()
  expect(await page.locator('#nothing').isVisible()).toBe(false)

  answered = 24
  await page.locator('.score.grey').waitFor()
  expect(await page.locator('.score').textContent()).toMatch(/80%\s*49 to 94\.3 from 24 answers/)
  await isAccessible()

  isUp = false
  await page.locator('#trouble').waitFor()
  expect(await page.locator('.score').isVisible()).toBe(true)
  isUp = true
  await page.locator('#trouble').waitFor({ state: 'hidden' })
  expect(troubles).toEqual([])
  await page.close()
})
