import { NatsServerError } from './server-versions.ts'

interface Varz {
  server_name?: string
  jetstream?: { config?: { sync_always?: boolean } }
}

/**
 * Whether every server writes to disk before it acknowledges. Only its monitoring port tells, so this is checked where
 * `HEED_NATS_MONITOR` names those ports; one that does not answer is left out, a cluster with one node down is in order.
 * @throws {NatsServerError} naming the first server that does not, or when none answers
 */
export async function checkSync(monitors: readonly string[]): Promise<void> {
  const found = await Promise.all(
    monitors.map(async (url) => {
      try {
        const reply = await fetch(new URL('/varz', url), { signal: AbortSignal.timeout(3_000) })
        return { url, varz: (await reply.json()) as Varz }
      } catch {
        return undefined
      }
    }),
  )
  const servers = found.filter((one) => one !== undefined)
  if (monitors.length > 0 && servers.length === 0) {
    throw new NatsServerError('HEED_NATS_MONITOR: none of these monitoring ports answers')
  }
  const unsafe = servers.find(({ varz }) => varz.jetstream?.config?.sync_always !== true)
  if (!unsafe) return
  throw new NatsServerError(
    `HEED_NATS_MONITOR: the server at ${unsafe.url} acknowledges before its disk has the message; put "jetstream { sync_interval: always }" into its configuration`,
  )
}
