import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { freshDatabase } from '@heed/test-stack/fresh-database'
import { expect, onTestFinished, test } from 'vitest'
import { readConfig, startServer } from '../src/index.ts'

test('a port that is taken is named, with what to do', async () => {
  const database = await freshDatabase()
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    other.close()
    await database.drop()
  })
  const { port } = other.address() as AddressInfo
  const start = startServer(readConfig({ DATABASE_URL: database.url, PORT: `${port}` }))
  await expect(start).rejects.toThrow(`PORT: ${port} on 127.0.0.1 is taken; set another PORT`)
})

test('a host that is none of ours is named', async () => {
  const database = await freshDatabase()
  onTestFinished(() => database.drop())
  const start = startServer(readConfig({ DATABASE_URL: database.url, PORT: '0', HOST: '192.0.2.1' }))
  await expect(start).rejects.toThrow('HOST: 192.0.2.1 is not an address of this machine')
})

test('a database that cannot be reached is named by its variable, without its password', async () => {
  const start = startServer(readConfig({ DATABASE_URL: 'postgresql://x:hidden@127.0.0.1:1/z', PORT: '0' }))
  await expect(start).rejects.toThrow(/^DATABASE_URL: the database cannot be used \(.*ECONNREFUSED.*\)/)
  await expect(start).rejects.not.toThrow(/hidden/)
})
