import type { IngestReply } from '@heed/contract'
import { createProject, findResponse, openDatabase } from '@heed/db'
import { freshDatabase } from '@heed/test-stack/fresh-database'
import { expect, onTestFinished, test } from 'vitest'
import { importSurvey } from '../src/publish/import-survey.ts'
import { definition } from './support/definition.ts'
import { serve } from './support/serve.ts'
import { response } from './support/start-api.ts'

test('killed under load and started again, everything acknowledged is stored, once each', async () => {
  const database = await freshDatabase()
  const db = openDatabase({ url: database.url, application: 'heed kill test', poolSize: 4 })
  const { project } = await createProject(db, { name: 'Shop' })
  const survey = await importSurvey(db, project.id, definition(), { publish: true })
  let server = await serve({ DATABASE_URL: database.url })
  onTestFinished(async () => {
    server.child.kill('SIGKILL')
    await server.exit
    await db.destroy()
    await database.drop()
  })

  async function send(item: { id: string }): Promise<string | undefined> {
    const reply = await fetch(`${server.url}/v1/ingest/${project.publicKey}`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: JSON.stringify({ sdk: '1', items: [item] }),
    })
    const { items } = (await reply.json()) as IngestReply
    return items?.find(({ id }) => id === item.id)?.status
  }

  const acknowledged = new Map<string, { id: string }>()
  const inDoubt = new Map<string, { id: string }>()

  /** One visitor after the other, until the server is gone. */
  async function sendUntilItEnds(): Promise<void> {
    while (true) {
      const item = response(survey)
      inDoubt.set(item.id, item)
      const status = await send(item).catch(() => undefined)
      if (status !== 'stored') return
      inDoubt.delete(item.id)
      acknowledged.set(item.id, item)
      if (acknowledged.size === 400) server.child.kill('SIGKILL')
    }
  }
  await Promise.all(Array.from({ length: 32 }, sendUntilItEnds))
  await server.exit
  expect(acknowledged.size).toBeGreaterThanOrEqual(400)
  expect(inDoubt.size).toBeGreaterThan(0)

  const isStored = async (id: string) => (await findResponse(db, project.id, id)) !== undefined
  const missing = await Promise.all(
    [...acknowledged.keys()].map(async (id) => ((await isStored(id)) ? [] : [id])),
  )
  expect(missing.flat()).toEqual([])

  server = await serve({ DATABASE_URL: database.url })
  const again = await Promise.all([...acknowledged.values()].map(send))
  expect(new Set(again)).toEqual(new Set(['duplicate']))
  for (const item of inDoubt.values()) {
    const expected = (await isStored(item.id)) ? 'duplicate' : 'stored'
    expect(await send(item)).toBe(expected)
  }
  server.child.kill('SIGTERM')
  expect(await server.exit).toBe(0)
}, 60_000)
