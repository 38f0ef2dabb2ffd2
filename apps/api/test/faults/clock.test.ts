import { createProject, openDatabase } from '@heed/db'
import { startFaultStack } from '@heed/test-stack/faults'
import { shiftClock } from '@heed/test-stack/heed-process'
import { runSql } from '@heed/test-stack/run-sql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importSurvey } from '../../src/publish/import-survey.ts'
import { definition } from '../support/definition.ts'
import { expectKept } from '../support/expect-kept.ts'
import { newResponseId } from '../support/start-api.ts'

const hourMs = 3_600_000
let stack: Awaited<ReturnType<typeof startFaultStack>>
let visitors: ReturnType<typeof stack.startVisitors>
let db: ReturnType<typeof openDatabase>

beforeAll(async () => {
  stack = await startFaultStack({ hasShiftedClock: true })
  visitors = stack.startVisitors({ visitors: 8 })
  db = openDatabase({ url: stack.postgres.url, application: 'heed clock test' })
  await visitors.reach(20)
})
afterAll(async () => {
  await db?.destroy()
  await stack?.close()
})

test.each([
  ['three days ahead', 72],
  ['an hour ahead', 1],
  ['five hours behind', -5],
  ['thirty days behind', -720],
])('with its clock %s the API takes every answer, at the time of the database', async (_name, hours) => {
  await shiftClock(stack.api().child, hours * hourMs)
  expect(await visitors.allServed()).toBeLessThanOrEqual(5_000)
  await visitors.reach(50)
  const [row] = await runSql<{ wrong: number }>(
    db,
    `select count(*)::int as wrong from responses
      where abs(extract(epoch from now() - received_at)) > 120 or received_at <> occurred_at`,
  )
  expect(row).toEqual({ wrong: 0 })
  expect(visitors.unexpected).toEqual([])
  expect(visitors.outcomes.size).toBe(1)
})

test('a survey that ends in an hour is open for a server that thinks it is tomorrow', async () => {
  const { project } = await createProject(db, { name: 'Clock' })
  const endAt = new Date(Date.now() + hourMs).toISOString()
  const survey = await importSurvey(db, project.id, definition({ endAt }), { publish: true })
  const send = async () => {
    const item = {
      type: 'response',
      id: newResponseId(),
      seq: 1,
      surveyId: survey.id,
      version: 1,
      locale: 'en',
      answers: { nps: 9 },
    }
    const reply = await fetch(`${stack.api().url}/v1/ingest/${project.publicKey}`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: JSON.stringify({ sdk: '1', items: [item] }),
    })
    const { items } = (await reply.json()) as { items: { status: string }[] }
    return items[0]?.status
  }
  for (const hours of [0, 24, -24]) {
    await shiftClock(stack.api().child, hours * hourMs)
    expect(await send()).toBe('stored')
  }
})

test('all of it is there', async () => {
  await visitors.end()
  expectKept(await stack.judge())
})
