import { freshDatabase } from '@heed/test-stack/fresh-database'
import { expect, test } from 'vitest'

test('x', async () => {
  const d = await freshDatabase()
  console.log(d.url)
  const t = performance.now()
  const e = await freshDatabase()
  console.log(performance.now() - t)
  await e.drop()
  await d.drop()
  expect(1).toBe(1)
})
