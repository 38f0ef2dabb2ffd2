import { mkdtemp, rm, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { emptyDatabase, type FreshDatabase, freshDatabase } from '@heed/test-stack/fresh-database'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { run } from '../src/cli/run.ts'

let folder: string
let shop: FreshDatabase
let next: FreshDatabase

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heed-backup-'))
  shop = await freshDatabase()
  next = await emptyDatabase()
})
afterAll(async () => {
  await Promise.all([shop.drop(), next.drop(), rm(folder, { recursive: true, force: true })])
})

async function cli(database: FreshDatabase, ...args: string[]) {
  const out: string[] = []
  const err: string[] = []
  const env = { DATABASE_URL: database.url }
  const code = await run(args, { env, out: (line) => out.push(line), err: (line) => err.push(line) })
  return { code, out: out.join('\n'), err: err.join('\n') }
}

test('what one server had is what the next one has; progress is told beside the result', async () => {
  const file = join(folder, 'heed.tar.gz')
  await cli(shop, 'project', 'create', 'Shop')
  const backup = await cli(shop, 'backup', file, '--json')
  expect(backup.code).toBe(0)
  expect(JSON.parse(backup.out)).toMatchObject({ takenAt: expect.any(String), rows: { projects: 1 } })
  expect(backup.err).toContain('projects: 1 rows written')

  const check = await cli(next, 'restore', file, '--check')
  expect(check.out).toMatch(/heed\.tar\.gz is whole and has \d+ rows of \d+ tables, as of \d{4}-/)

  const restore = await cli(next, 'restore', file)
  expect(restore).toMatchObject({ code: 0, out: expect.stringMatching(/^restored \d+ rows/) })
  expect(restore.err).toMatch(/projects: 1 rows checked(.|\n)*restored(.|\n)*read back/)
  expect((await cli(next, 'project', 'list', '--json')).out).toBe(
    (await cli(shop, 'project', 'list', '--json')).out,
  )

  const again = await cli(next, 'restore', file)
  expect(again).toMatchObject({ code: 1, out: '' })
  expect(again.err).toContain('heed: the database is not empty: projects has rows')
})

test('a file that was cut off is refused in words', async () => {
  const file = join(folder, 'cut.tar.gz')
  await cli(shop, 'backup', file)
  await truncate(file, 300)
  const { code, err } = await cli(shop, 'restore', file, '--check')
  expect(code).toBe(1)
  expect(err).toMatch(/cut\.tar\.gz: .*damaged or cut off and was not used/)
})
