import { connect } from 'node:net'

/**
 * The oldest server that is known to write a message to disk on every replica it counts before it acknowledges, with
 * `sync_interval: always`.
 */
export const oldestVersion = '2.10.23'

export interface ServerGreeting {
  address: string
  version: string
}

/** A server that would acknowledge what it may lose. */
export class NatsServerError extends Error {
  override name = 'NatsServerError'
}

/**
 * What each server says of itself when somebody connects, before any login. Servers that cannot be reached are left
 * out: a cluster with one node down is in order.
 */
export async function greetServers(addresses: readonly string[]): Promise<ServerGreeting[]> {
  const greetings = await Promise.all([...new Set(addresses)].map(greet))
  return greetings.filter((one) => one !== undefined)
}

function greet(address: string): Promise<ServerGreeting | undefined> {
  const { hostname, port } = new URL(address.includes('://') ? address : `nats://${address}`)
  return new Promise((resolve) => {
    const socket = connect({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port || 4222),
      timeout: 2_000,
    })
    let text = ''
    const end = (greeting?: ServerGreeting) => {
      socket.destroy()
      resolve(greeting)
    }
    socket.on('error', () => end())
    socket.on('close', () => end())
    socket.on('timeout', () => end())
    socket.on('data', (chunk) => {
      text += chunk.toString('utf8')
      if (!text.includes('\r\n')) return
      const version = /"version":"([^"]+)"/.exec(text)?.[1]
      end(version === undefined ? undefined : { address: `${hostname}:${port || 4222}`, version })
    })
  })
}

/** @throws {NatsServerError} naming the first server that is too old */
export function checkVersions(greetings: readonly ServerGreeting[]): void {
  const old = greetings.find(({ version }) => isOlder(version, oldestVersion))
  if (!old) return
  throw new NatsServerError(
    `NATS_URL: the server ${old.address} runs nats-server ${old.version}; at least ${oldestVersion} is needed, because older ones can acknowledge an answer that is not on disk`,
  )
}

/** A pre-release is as old as its release. */
export function isOlder(version: string, than: string): boolean {
  const numbers = (text: string) => (/(\d+)\.(\d+)\.(\d+)/.exec(text) ?? []).slice(1).map(Number)
  const [found, wanted] = [numbers(version), numbers(than)]
  if (found.length === 0) return true
  for (const [index, number] of wanted.entries()) {
    if (found[index] !== number) return (found[index] ?? 0) < number
  }
  return false
}
