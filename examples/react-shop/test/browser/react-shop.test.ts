import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  addProject,
  type FreshDatabase,
  freshDatabase,
  launchBrowser,
  type Pages,
  type Stack,
  servePages,
  startStack,
  type TestProject,
} from '@heed/test-stack'
import { type PackedProject, packedProject } from '@heed/test-stack/packed-project'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import surveys from '../../src/feedback/surveys.ts'

const example = join(import.meta.dirname, '../..')
const tools = ['@types/react', '@types/react-dom', 'happy-dom', 'react', 'react-dom', 'vite', 'vitest']

let database: FreshDatabase
let stack: Stack
let project: TestProject
let copy: PackedProject
let shop: Pages
let browser: Browser

beforeAll(async () => {
  database = await freshDatabase()
  stack = await startStack({ databaseUrl: database.url })
  project = await addProject(stack, surveys)
  copy = await packedProject({
    from: example,
    links: Object.fromEntries(tools.map((name) => [name, join(example, 'node_modules', name)])),
  })
  await writeFile(
    join(copy.dir, '.env'),
    `VITE_HEED_HOST=${stack.apiUrl}\nVITE_HEED_KEY=${project.publicKey}\n`,
  )
  await copy.run('node', join(example, 'node_modules/vite/bin/vite.js'), 'build')
  const dist = join(copy.dir, 'dist')
  const files = new Map<string, Buffer>()
  for (const name of await readdir(dist, { recursive: true }))
    if (name.includes('.')) files.set(`/${name.replaceAll('\\', '/')}`, await readFile(join(dist, name)))
  shop = await servePages((path) => {
    const body = files.get(path === '/' ? '/index.html' : path)
    return body && { body, type: path.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8' }
  })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await shop.close()
  await copy.remove()
  await stack.close()
  await database.drop()
})

async function visit(): Promise<{ page: Page; lines: string[]; loaded: string[] }> {
  const page = await (await browser.newContext({ locale: 'de-DE' })).newPage()
  const lines: string[] = []
  const loaded: string[] = []
  page.on('console', (message) => lines.push(message.text()))
  page.on('pageerror', (error) => lines.push(error.message))
  page.on('request', (request) => loaded.push(request.url().replace(/.*\//, '')))
  onTestFinished(() => page.context().close())
  await page.goto(shop.url)
  return { page, lines, loaded }
}

const isPanel = (name: string) => name.startsWith('panel')

describe('a React app that has installed the tarball', () => {
  it('tests its surveys without a server', async () => {
    await copy.run('node', join(example, 'node_modules/vitest/vitest.mjs'), 'run', '--dir', 'src')
  })

  it('asks after the order, stores the answer and tells the app', async () => {
    const { page, lines, loaded } = await visit()
    expect(loaded.filter(isPanel)).toEqual([])
    await page.getByRole('button', { name: 'Buy' }).click()
    const panel = page.locator('heed-survey').getByRole('dialog')
    await panel.getByRole('heading', { name: 'How likely' }).waitFor()
    expect(loaded.filter(isPanel)).toHaveLength(1)
    await panel.getByRole('radio', { name: '10' }).click()
    await page.getByText('We have your answer').waitFor()
    const [response] = await project.responses('react-after-order')
    expect(response).toMatchObject({
      answers: { nps: 10 },
      completed: true,
      context: {
        event: { name: 'purchase', value: 49, currency: 'EUR', itemIds: ['lamp-1'] },
        order: { items: 1 },
      },
    })
    expect(lines).toEqual([])
  })

  it('draws the inline survey in its place, each time that place is there', async () => {
    const { page, lines } = await visit()
    const place = page.locator('[data-heed-survey] heed-survey')
    for (let times = 0; times < 2; times += 1) {
      await page.getByRole('button', { name: 'Which lamp' }).click()
      await place.getByRole('heading', { name: 'Did this help' }).waitFor()
      await page.getByRole('button', { name: 'Lamps' }).click()
      await place.waitFor({ state: 'detached' })
    }
    expect(lines).toEqual([])
  })
})
