import { nextStopSignal } from '../cli/next-stop-signal.ts'
import type { Config } from '../config.ts'
import { startServer } from '../server.ts'
import { linkToPrimary } from './primary-link.ts'
import { shareOf } from './share-of.ts'

/** One of the processes that serve, from its start to its end; its number, from 1, and how many there are. */
export async function runWorker(config: Config, number: number, of: number): Promise<void> {
  const stopped = nextStopSignal()
  const link = linkToPrimary()
  try {
    const { collectFigures } = link
    const server = await startServer(shareOf(config, of), { number, of, collectFigures })
    link.share(server.app.services.meters.registry)
    await link.send({ heed: 'listening', url: server.url })
    await Promise.race([stopped, link.stopAsked])
    await server.close()
  } catch (error) {
    // Said by the process that started this one: once, however many workers fail alike.
    await link.send({ heed: 'failed', message: error instanceof Error ? error.message : String(error) })
    process.exitCode = 1
  }
  await link.leave()
}
