import type { ResponsePage, SurveyDefinition } from '@heed/contract'
import { createProject, openDatabase } from '@heed/db'
import { type FreshDatabase, freshDatabase, launchBrowser } from '@heed/test-stack'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { importSurvey } from '../../src/publish/import-survey.ts'
import { type RunningServer, startServer } from '../../src/server.ts'

let database: FreshDatabase
let db: ReturnType<typeof openDatabase>
let server: RunningServer
let browser: Browser
let project: { id: string; publicKey: string; secretKey: string }

const byMail: SurveyDefinition = {
  key: 'by-mail',
  name: 'In the e-mail after delivery',
  triggers: [{ on: 'manual' }],
  locales: ['en', 'ko'],
  display: { kind: 'page' },
  questions: [
    {
      key: 'nps',
      kind: 'nps',
      metric: 'nps',
      text: { en: 'How likely are you to recommend us?', ko: '추천하시겠어요?' },
    },
    { key: 'why', kind: 'text', text: { en: 'Why {answers.nps|that}?', ko: '왜 {answers.nps|그런가요}?' } },
  ],
}

beforeAll(async () => {
  database = await freshDatabase()
  db = openDatabase({ url: database.url, application: 'heed tests', poolSize: 2 })
  // Only the shop's pages may send: the survey's own page must be able to all the same.
  const created = await createProject(db, { name: 'Shop', settings: { origins: ['https://shop.example'] } })
  project = { ...created.project, secretKey: created.secretKey }
  await importSurvey(db, project.id, byMail, { publish: true })
  const env = { DATABASE_URL: database.url, PORT: '0', HEED_LOG_LEVEL: 'fatal' }
  server = await startServer(readConfig(env))
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  await db?.destroy()
  await database?.drop()
})

async function open(
  path: string,
  locale = 'ko-KR',
): Promise<{ page: Page; lines: string[]; close(): Promise<void> }> {
  const context = await browser.newContext({ locale })
  const page = await context.newPage()
  const lines: string[] = []
  page.on('console', (message) => lines.push(message.text()))
  page.on('pageerror', (error) => lines.push(error.message))
  await page.goto(server.url + path)
  return { page, lines, close: () => context.close() }
}

async function responses(query = ''): Promise<ResponsePage['data']> {
  const reply = await fetch(`${server.url}/v1/projects/${project.id}/responses${query}`, {
    headers: { authorization: `Bearer ${project.secretKey}` },
  })
  return ((await reply.json()) as ResponsePage).data
}

/** Resolves when the server has acknowledged the next answer. */
const stored = (page: Page) =>
  page.evaluate(
    "new Promise((resolve) => document.addEventListener('heed:stored', () => resolve(true), { once: true }))",
  )

describe('the page of a survey', () => {
  it('draws the survey in the visitor’s language and takes the answer, under its strict policy', async () => {
    const { page, lines, close } = await open('/s/by-mail')
    const first = page.getByRole('heading', { name: '추천하시겠어요?' })
    await first.waitFor()
    const acknowledged = stored(page)
    await page.getByRole('radio').nth(9).click()
    await acknowledged
    await page.getByRole('heading', { name: '왜' }).waitFor()
    const [answer] = await responses()
    expect(answer).toMatchObject({ locale: 'ko', answers: { nps: 9 }, completed: false, test: false })
    expect(answer?.context.url).toBe(`${server.url}/s/by-mail`)
    expect(lines).toEqual([])
    await close()
  })

  it('chooses the score of its link, and waits for the visitor to confirm it', async () => {
    const before = (await responses()).length
    const { page, lines, close } = await open(`/${project.publicKey}/s/by-mail?nps=3`, 'en-GB')
    const chosen = page.getByRole('radio', { checked: true })
    await chosen.waitFor()
    expect(await chosen.getAttribute('aria-label').then((label) => label ?? chosen.textContent())).toContain(
      '3',
    )
    expect(await responses()).toHaveLength(before)
    const acknowledged = stored(page)
    await page.getByRole('button', { name: 'Next' }).click()
    await acknowledged
    await page.getByRole('heading', { name: 'Why 3?' }).waitFor()
    expect((await responses())[0]).toMatchObject({ locale: 'en', answers: { nps: 3 } })
    expect(lines).toEqual([])
    await close()
  })
})
