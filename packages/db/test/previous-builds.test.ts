import { readdir, readFile } from 'node:fs/promises'
import { type FreshDatabase, freshDatabase } from '@heed/test-stack/fresh-database'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { replayStatements, type Statement } from './previous-builds/statements.ts'

const folder = new URL('previous-builds/', import.meta.url)
const recordings = (await readdir(folder)).filter((name) => name.endsWith('.jsonl'))

let fresh: FreshDatabase

beforeEach(async () => {
  fresh = await freshDatabase()
})

afterEach(() => fresh.drop())

test.each(recordings)(
  'a build that %s recorded stores and reads on the newest schema as it did on its own',
  async (name) => {
    const lines = (await readFile(new URL(name, folder), 'utf8')).trim().split('\n')
    const statements = lines.map((line): Statement => JSON.parse(line))
    const replies = await replayStatements(fresh.url, statements)
    for (const [index, { text, columns, rows }] of statements.entries()) {
      const reply = replies[index]
      // `select *` may bring more than it did.
      expect(reply?.columns, text).toEqual(expect.arrayContaining(columns))
      if (!rows) continue
      expect(reply?.rows, text).toHaveLength(rows.length)
      expect(reply?.rows, text).toMatchObject(rows)
    }
  },
)
