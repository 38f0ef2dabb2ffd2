import cluster from 'node:cluster'
import { findSecondWall } from '@heed/db'
import type { Command } from 'commander'
import { readConfig } from '../config.ts'
import { startServer } from '../server.ts'
import { oneWall } from '../wall.ts'
import { runWorker } from '../workers/run-worker.ts'
import { startWorkers } from '../workers/start-workers.ts'
import { nextStopSignal } from './next-stop-signal.ts'
import { type OutputOptions, say, type Terminal } from './terminal.ts'
import { withDatabase } from './with-database.ts'
import { readWorkerCount } from './worker-count.ts'

/** `serve` and `migrate`. */
export function serverCommands(program: Command, terminal: Terminal): void {
  program
    .command('serve')
    .description(
      'run the API, on the embedded PostgreSQL unless DATABASE_URL is set, until SIGTERM or Ctrl+C',
    )
    .option('--workers <n>', 'so many processes that serve, or auto: one for each core', readWorkerCount, 1)
    .option('--json', 'print { "url" } once it listens')
    .action(async (options: OutputOptions & { workers: number }) => {
      const config = readConfig(terminal.env)
      const [, number, of] = /^(\d+)\/(\d+)$/.exec(terminal.env.HEED_WORKER ?? '') ?? []
      if (cluster.isWorker) return runWorker(config, Number(number), Number(of))
      const stopped = nextStopSignal()
      const { workers } = options
      const server = await (workers > 1 ? startWorkers(config, workers) : startServer(config))
      say(terminal, options, { url: server.url }, [
        `Heed listens on ${server.url} (docs: ${server.url}/docs)`,
      ])
      await stopped
      await server.close()
    })

  program
    .command('migrate')
    .description('bring the database up to date and stop')
    .option('--json', 'print { "migrated": [...] }')
    .action((options: OutputOptions) =>
      withDatabase(terminal, async (db, migrated) => {
        const wall = await findSecondWall(db)
        if (!wall.stands) terminal.err(`${oneWall}: ${wall.sql}`)
        const lines = migrated.length > 0 ? migrated.map((name) => `ran ${name}`) : ['already up to date']
        say(terminal, options, { migrated }, lines)
      }),
    )
}
