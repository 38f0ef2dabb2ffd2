import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import type { Config } from '../config.ts'

/**
 * The port of the settings, or for 0 one that is free: a worker that is replaced must come back on the one that all
 * have. Rejects when somebody listens there: workers share theirs, and would share it with another server's as well.
 */
export async function freePort({ port, host }: Pick<Config, 'port' | 'host'>): Promise<number> {
  const server = createServer().listen({ port, host, exclusive: true })
  await once(server, 'listening')
  const { port: free } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return free
}
