import { openDatabase } from '@heed/db'
import { freshDatabase } from '@heed/test-stack/fresh-database'
import { runFuzz } from '@heed/test-stack/fuzz'
import { loadWidgetAssets } from '@heed/widget/assets'
import { expect, onTestFinished, test } from 'vitest'
import { serve } from './support/serve.ts'

/** The same requests each time; `npm run fuzz` sends more, and others. */
const seed = 4

test('every operation replies as it is described, whatever it is sent', async () => {
  const database = await freshDatabase()
  const db = openDatabase({ url: database.url, application: 'heed fuzz test', poolSize: 2 })
  const server = await serve({ DATABASE_URL: database.url, HEED_LIMIT_VISITOR: '0' })
  onTestFinished(async () => {
    server.child.kill('SIGKILL')
    await server.exit
    await db.destroy()
    await database.drop()
  })
  const [widgetPart = ''] = (await loadWidgetAssets()).files.keys()
  const report = await runFuzz({ url: server.url, db, requests: 40, seed, widgetPart })

  expect(report.findings.slice(0, 5)).toEqual([])
  for (const [operationId, statuses] of Object.entries(report.statuses)) {
    const accepted = Object.keys(statuses).some((status) => status.startsWith('2'))
    expect({ operationId, accepted }).toEqual({ operationId, accepted: true })
  }
  server.child.kill('SIGTERM')
  expect(await server.exit).toBe(0)
}, 120_000)
