import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrateToLatest, openDatabase } from '@heed/db'
import { startEmbedded } from '@heed/db/embedded'
import { sql } from 'kysely'
import type { TestProject } from 'vitest/node'
import { atDatabase } from './fresh-database.ts'

/**
 * One PostgreSQL for the whole run, in a folder that goes away with it; `HEED_TEST_DATABASE_URL` (a superuser's
 * connection) names another server instead. Schema changes are applied once, to a template.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.HEED_TEST_DATABASE_URL
  const server = given ? { url: given, stop: async () => {} } : await startInTemporaryFolder()
  const template = `heed_template_${process.pid}`
  const admin = openDatabase({ url: server.url, application: 'heed tests', poolSize: 1 })
  await sql`create database ${sql.id(template)}`.execute(admin)
  const db = openDatabase({ url: atDatabase(server.url, template), application: 'heed tests' })
  await migrateToLatest(db)
  await db.destroy()
  project.provide('postgresUrl', server.url)
  project.provide('postgresTemplate', template)
  return async () => {
    await sql`drop database ${sql.id(template)} with (force)`.execute(admin)
    await admin.destroy()
    await server.stop()
  }
}

async function startInTemporaryFolder() {
  const dataDir = await mkdtemp(join(tmpdir(), 'heed-test-'))
  const server = await startEmbedded({ dataDir })
  const stop = async () => {
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
  return { url: server.url, stop }
}
